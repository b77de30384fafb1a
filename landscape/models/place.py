"""Places whose rules apply."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Q

from landscape.models.checked import parts_of


class Jurisdiction(models.Model):
    """A place whose rules apply, inside a wider one: Scotland in the UK."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=80)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )

    class Meta:
        ordering = ["name"]
        indexes = [
            models.Index(fields=["name"], name="jurisdiction_name"),
            parts_of("name", "jurisdiction_name_parts"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(parent=models.F("id")),
                name="jurisdiction_is_not_its_own_parent",
                violation_error_message="A place cannot lie inside itself.",
            )
        ]

    def __str__(self) -> str:
        return self.name


def and_wider(place: Jurisdiction, among: Iterable[Jurisdiction]) -> list[int]:
    """The keys of a place and of those it lies in: a rule of the United Kingdom also
    holds in Scotland, not the other way. among: all places."""
    parents = {other.pk: other.parent_id for other in among}
    found, key = [], place.pk
    while key is not None and key not in found:
        found.append(key)
        key = parents.get(key)
    return found
