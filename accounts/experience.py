"""What people say they have done: the line beside what they write."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from accounts.lines import clean_line

MOST_LINES = 10  # a person
FIRST_YEAR, LAST_YEAR = 1950, 2100
YEARS = [MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]


class Body(models.TextChoices):
    """What sort of place somebody worked at; never which one."""

    CENTRAL = "central", "central government"
    AGENCY = "agency", "executive agency or public body"
    LOCAL = "local", "local government"
    HEALTH = "health", "NHS and health"
    JUSTICE = "justice", "police and justice"
    DEVOLVED = "devolved", "devolved government"
    EDUCATION = "education", "education"
    CHARITY = "charity", "charity"
    START_UP = "start-up", "start-up"
    SUPPLIER = "supplier", "agency or consultancy"
    OTHER = "other", "other"


class Experience(models.Model):
    """One line of a person's experience, in their own words and not checked."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="experiences"
    )
    role = models.CharField("what you did", max_length=80)
    kind_of_body = models.CharField(
        "where", max_length=12, choices=Body.choices, blank=True
    )
    from_year = models.PositiveSmallIntegerField(
        "from", null=True, blank=True, validators=YEARS
    )
    to_year = models.PositiveSmallIntegerField(
        "to", null=True, blank=True, validators=YEARS
    )
    is_main = models.BooleanField("shown beside what you write", default=False)

    class Meta:
        verbose_name = "experience"
        verbose_name_plural = "experience"
        # The first is the one that shows: the chosen one, or else the newest.
        ordering = [
            "-is_main",
            F("to_year").desc(nulls_first=True),
            F("from_year").desc(nulls_last=True),
            "-pk",
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(role=""), name="experience_has_a_role"),
            models.CheckConstraint(
                condition=(
                    Q(from_year__isnull=True)
                    | Q(from_year__range=(FIRST_YEAR, LAST_YEAR))
                )
                & (Q(to_year__isnull=True) | Q(to_year__range=(FIRST_YEAR, LAST_YEAR))),
                name="experience_years_are_of_our_time",
                violation_error_message="Give the years in four figures.",
            ),
            models.CheckConstraint(
                condition=Q(to_year__isnull=True)
                | Q(from_year__isnull=False, from_year__lte=F("to_year")),
                name="experience_begins_before_it_ends",
                violation_error_message="Give the first year too, not after the last.",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(is_main=True),
                name="one_main_experience_a_person",
            ),
        ]

    def __str__(self) -> str:
        return self.line

    @property
    def line(self) -> str:
        """As readers see it: "delivery manager, local government, 2009-2021"."""
        body = (
            "" if self.kind_of_body == Body.OTHER else self.get_kind_of_body_display()
        )
        return ", ".join(part for part in (self.role, body, self.years) if part)

    @property
    def years(self) -> str:
        """From when to when: "2009-2021", "2021", "2019 to now"; "" when not said."""
        if self.from_year is None:
            return ""
        if self.to_year is None:
            return f"{self.from_year} to now"
        if self.from_year == self.to_year:
            return str(self.to_year)
        return f"{self.from_year}–{self.to_year}"

    @classmethod
    def told(cls) -> Subquery:
        """For a query of people: the fields of which the line of the one that shows is
        made; None where there is none."""
        fields = {
            name: name for name in ("role", "kind_of_body", "from_year", "to_year")
        }
        of_person = cls.objects.filter(person=OuterRef("pk"))
        return Subquery(of_person.values(told=JSONObject(**fields))[:1])

    @classmethod
    def from_line(cls, person, line: str) -> "Experience | None":
        """Keep the one line of a sign-up form; nothing when it is empty."""
        if not (role := clean_line(line)):
            return None
        return cls.objects.create(person=person, role=role)

    @transaction.atomic
    def keep(self) -> None:
        """Save; the main line of a person is the only one.

        Raises ValidationError when the person has as many as fit.
        """
        people = get_user_model().objects.select_for_update(no_key=True)
        others = people.get(pk=self.person_id).experiences.exclude(pk=self.pk)
        if others.count() >= MOST_LINES:
            raise ValidationError(f"{MOST_LINES} lines are the most: delete one first.")
        if self.is_main:
            others.filter(is_main=True).update(is_main=False)
        self.save()
