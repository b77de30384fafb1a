"""What public bodies were called."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from landscape.models.checked import parts_of
from landscape.models.dates import PartialDateField, in_order, in_words, is_before
from landscape.models.named import names_field


class FormerName(models.Model):
    """What a body was called before, and from when until when."""

    organisation = models.ForeignKey(
        "Organisation", models.CASCADE, related_name="former_names"
    )
    name = models.CharField(max_length=160)
    abbreviation = models.CharField(max_length=20, blank=True)
    since = PartialDateField("from")
    until = PartialDateField(blank=False)
    names = names_field("name", "abbreviation")

    class Meta:
        ordering = ["organisation", "until"]
        indexes = [
            parts_of("names", "former_names_parts"),
        ]
        constraints = [
            in_order(
                "since",
                "until",
                "former_name_dates_in_order",
                "A name cannot end before it begins.",
            ),
            models.CheckConstraint(
                condition=~Q(until=""), name="former_name_has_an_end"
            ),
            models.UniqueConstraint(
                fields=["organisation", "name", "until"],
                name="former_name_once",
                violation_error_message="This name is there already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} (until {in_words(self.until)})"

    def clean(self) -> None:
        """Refuse a name for a time in which the body had another one."""
        others = FormerName.objects.filter(organisation=self.organisation_id)
        for other in others.exclude(pk=self.pk):
            if self.is_during(other):
                raise ValidationError(
                    f"In that time the body was called {other.name}, until "
                    f"{in_words(other.until)}. A body has one name at a time."
                )

    def is_during(self, other: "FormerName") -> bool:
        """Whether both would be the name at one time."""
        begins = self.since or other.until
        other_begins = other.since or self.until
        return is_before(begins, other.until) and is_before(other_begins, self.until)
