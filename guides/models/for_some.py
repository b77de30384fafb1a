"""For whom something is."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from guides.facets import Profession, Tier


class ForSome(models.Model):
    """Something for these professions and parts of the public sector alone, or for
    all of them where it names none."""

    professions = ArrayField(
        models.CharField(max_length=30, choices=Profession), default=list, blank=True
    )
    tiers = ArrayField(
        models.CharField(max_length=30, choices=Tier), default=list, blank=True
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(professions__contained_by=Profession.values)
                & Q(tiers__contained_by=Tier.values),
                name="%(class)s_facets_are_known",
            )
        ]

    def suits(self, *, profession: str, tier: str) -> bool:
        """Whether it is for somebody. "" for what they did not say."""
        return (not self.professions or profession in ("", *self.professions)) and (
            not self.tiers or tier in ("", *self.tiers)
        )

    @property
    def for_whom(self) -> str:
        """In words, whom it is for; "" for everybody."""
        named = [*_labels(Profession, self.professions), *_labels(Tier, self.tiers)]
        return ", ".join(named)


def _labels(choices: type[models.TextChoices], values: list[str]) -> list[str]:
    return [choice.label for choice in choices if choice.value in values]
