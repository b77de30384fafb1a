"""Public bodies, what they were called, and what became of them."""

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from landscape.models.checked import (
    Checked,
    NamedQuerySet,
    are_named,
    doubt_is_told,
    names_field,
    parts_of,
    slug_field,
    slug_is_a_slug,
)
from landscape.models.cycles import leads_back
from landscape.models.dates import PartialDateField, in_order, in_words, is_before
from landscape.models.place import Jurisdiction


class OrganisationQuerySet(NamedQuerySet):
    """Public bodies, found by what they are or were called."""

    def named(self, words: str) -> "OrganisationQuerySet":
        """Bodies that have, or had, a name like this."""
        now = Organisation.objects.filter(are_named(words)).order_by()
        once = FormerName.objects.filter(are_named(words)).order_by()
        keys = now.values("pk").union(once.values("organisation"))
        return self.filter(pk__in=keys)


class Organisation(Checked):
    """A public body, named as it names itself today.

    A body that changed its name and went on is one row with former names. One that
    another body replaced is a row of its own, with a succession.
    """

    class Kind(models.TextChoices):
        EXECUTIVE_OFFICE = "executive-office", "Executive office"
        MINISTERIAL = "ministerial-department", "Ministerial department"
        NON_MINISTERIAL = "non-ministerial-department", "Non-ministerial department"
        EXECUTIVE_AGENCY = "executive-agency", "Executive agency"
        EXECUTIVE_NDPB = "executive-ndpb", "Executive non-departmental public body"
        ADVISORY_NDPB = "advisory-ndpb", "Advisory non-departmental public body"
        SPECIAL_HEALTH = "special-health-authority", "Special health authority"
        TRIBUNAL = "tribunal", "Tribunal"
        PUBLIC_CORPORATION = "public-corporation", "Public corporation"
        DEVOLVED = "devolved-government", "Devolved government"
        SUB_ORGANISATION = "sub-organisation", "Part of another body"
        TEAM = "team", "Team or unit"
        JOINT_UNIT = "joint-unit", "Joint unit"
        REGULATOR = "independent-regulator", "Independent regulator"
        LOCAL = "local-authority", "Local authority"
        STRATEGIC = "strategic-authority", "Strategic authority"
        NHS = "nhs-body", "NHS body"
        POLICE = "police-body", "Police body"
        PARLIAMENT = "parliament-body", "Parliament body"
        COURT = "court", "Court"
        CIVIL_SERVICE = "civil-service", "Civil service"
        PROFESSIONAL = "professional-body", "Professional body"
        OTHER = "other", "Other"

    class Status(models.TextChoices):
        ACTIVE = "active", "At work"
        RENAMED = "renamed", "Renamed"
        MERGED = "merged", "Merged into another body"
        SPLIT = "split", "Split up"
        CLOSED = "closed", "Closed"

    slug = slug_field()
    name = models.CharField(max_length=160)
    abbreviation = models.CharField(max_length=20, blank=True)
    aliases = ArrayField(
        models.CharField(max_length=160),
        default=list,
        blank=True,
        help_text="Other names people search by, but for those it had before.",
    )
    kind = models.CharField(max_length=40, choices=Kind)
    status = models.CharField(max_length=20, choices=Status, default=Status.ACTIVE)
    opened = PartialDateField()
    closed = PartialDateField()
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    purpose = models.CharField("what it does", max_length=300, blank=True)
    address = models.URLField("its own page", blank=True)
    jurisdictions = models.ManyToManyField(
        Jurisdiction, blank=True, related_name="organisations"
    )
    names = names_field("name", "abbreviation", "aliases")

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        indexes = [
            models.Index(fields=["name"], name="organisation_name"),
            models.Index(fields=["kind", "name"], name="organisation_kind"),
            parts_of("names", "organisation_names_parts"),
        ]
        constraints = [
            slug_is_a_slug("organisation_slug_is_a_slug"),
            doubt_is_told("organisation_doubt_is_told"),
            models.CheckConstraint(
                condition=~Q(parent=F("id")),
                name="organisation_is_not_its_own_parent",
                violation_error_message="A body cannot belong to itself.",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["active", "renamed", "merged", "split", "closed"]
                ),
                name="organisation_status_is_known",
            ),
            in_order(
                "opened",
                "closed",
                "organisation_dates_in_order",
                "A body cannot end before it begins.",
            ),
            models.CheckConstraint(
                condition=~Q(status="active") | Q(closed=""),
                name="active_organisation_has_not_ended",
                violation_error_message="A body that ended is not at work any more.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page about this body."""
        return reverse("landscape:organisation", args=[self.slug])

    def clean(self) -> None:
        """Refuse a body that would belong to a part of itself, or that is no more and
        does not say since when."""
        if self.status != Organisation.Status.ACTIVE and not self.closed:
            raise ValidationError({"closed": "Say when it ended, as far as known."})
        if leads_back(Organisation, "id", "parent_id", self.pk, self.parent_id):
            raise ValidationError({"parent": "A body cannot belong to a part of it."})


class FormerName(models.Model):
    """What a body was called before, and from when until when."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="former_names"
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
            if self._is_during(other):
                raise ValidationError(
                    f"In that time the body was called {other.name}, until "
                    f"{in_words(other.until)}. A body has one name at a time."
                )

    def _is_during(self, other: "FormerName") -> bool:
        begins = self.since or other.until
        other_begins = other.since or self.until
        return is_before(begins, other.until) and is_before(other_begins, self.until)


class Succession(models.Model):
    """How one body took the place of another, or some of its work."""

    class Kind(models.TextChoices):
        RENAMED = "renamed", "renamed"
        MERGED = "merged", "merged into it"
        SPLIT = "split", "split off"
        TOOK_OVER = "took-over", "handed over part of its work"

    old = models.ForeignKey(
        Organisation, models.PROTECT, related_name="successions", verbose_name="before"
    )
    new = models.ForeignKey(
        Organisation, models.PROTECT, related_name="origins", verbose_name="after"
    )
    kind = models.CharField(max_length=20, choices=Kind)
    on = PartialDateField("when", blank=False)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(old=F("new")),
                name="organisation_does_not_succeed_itself",
                violation_error_message="A body cannot take its own place.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["renamed", "merged", "split", "took-over"]),
                name="succession_kind_is_known",
            ),
            models.CheckConstraint(condition=~Q(on=""), name="succession_has_a_date"),
            models.UniqueConstraint(
                fields=["old", "new", "on"],
                name="succession_once",
                violation_error_message="This is said already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"

    def clean(self) -> None:
        """Refuse bodies that would take each other's place in a ring."""
        if leads_back(Succession, "old_id", "new_id", self.old_id, self.new_id):
            raise ValidationError(
                f"{self.new} came before {self.old}, so it cannot come after it too."
            )
