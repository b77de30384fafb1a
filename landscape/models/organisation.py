"""Public bodies: ministries, agencies, regulators, teams."""

from collections.abc import Sequence

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import JSONObject
from django.urls import reverse

from landscape.models.checked import (
    Checked,
    doubt_is_told,
    parts_of,
    slug_field,
    slug_is_a_slug,
)
from landscape.models.cycles import leads_back
from landscape.models.dates import PartialDateField, in_order
from landscape.models.former_name import FormerName
from landscape.models.named import WHOLE, NamedQuerySet, are_named, names_field
from landscape.models.place import Jurisdiction

BELOW = """
WITH RECURSIVE below(id) AS (
    SELECT id FROM landscape_organisation
    WHERE parent_id = ANY(%s::bigint[]) AND status = 'active'
    UNION
    SELECT o.id FROM landscape_organisation o JOIN below ON o.parent_id = below.id
    WHERE o.status = 'active'
) SELECT id FROM below LIMIT %s
"""


class OrganisationQuerySet(NamedQuerySet):
    """Public bodies, found by what they are or were called."""

    def named(
        self, words: str, parts: Sequence[str] | None = None
    ) -> "OrganisationQuerySet":
        """Bodies that have, or had, a name like this."""
        now = Organisation.objects.filter(are_named(words, parts)).order_by()
        once = FormerName.objects.filter(are_named(words, parts)).order_by()
        keys = now.values("pk").union(once.values("organisation"))
        return self.filter(pk__in=keys)

    def nearest_first(self, words: str, name: str) -> "OrganisationQuerySet":
        """A name that a body had is as near as the one it has."""
        had = FormerName.objects.filter(
            organisation=OuterRef("pk"), names__icontains=f"|{words}|"
        )
        rows = super().nearest_first(words, name)
        nearness = Case(When(Exists(had), then=WHOLE), default=F("nearness"))
        return rows.annotate(nearest=nearness).order_by("nearest", name, "pk")

    def with_former_names(
        self, like: str = "", parts: Sequence[str] | None = None
    ) -> "OrganisationQuerySet":
        """Adds `called`: each name that a body had, oldest first. like: words that the
        names shall have."""
        names = FormerName.objects.filter(organisation=OuterRef("pk"))
        if like:
            names = names.filter(are_named(like, parts))
        told = JSONObject(
            name="name", abbreviation="abbreviation", since="since", until="until"
        )
        called = ArraySubquery(names.order_by("until").values(told=told))
        return self.annotate(called=called)

    def for_page(self) -> "OrganisationQuerySet":
        """With all that stands on the page of a body but other rows of the register."""
        return self.with_places().with_former_names().select_related("parent")

    def roots(self) -> "OrganisationQuerySet":
        """The bodies at work that belong to none at work."""
        at_work = self.filter(status=Organisation.Status.ACTIVE)
        return at_work.exclude(parent__status=Organisation.Status.ACTIVE)

    def below(self, roots: list[int], most: int) -> "OrganisationQuerySet":
        """The bodies at work that belong to these, directly or in steps, the nearest
        first until there are this many."""
        return self.filter(pk__in=RawSQL(BELOW, [roots, most]))  # noqa: S611  (ours)


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
    # When somebody last said here that it is not what it was.
    changed_at = models.DateTimeField(null=True, editable=False)

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

    @property
    def stands(self) -> bool:
        """Whether nothing is in its place."""
        return self.status == Organisation.Status.ACTIVE

    def clean(self) -> None:
        """Refuse a body that would belong to a part of itself, or that is no more and
        does not say since when."""
        if self.status != Organisation.Status.ACTIVE and not self.closed:
            raise ValidationError({"closed": "Say when it ended, as far as known."})
        if leads_back(Organisation, "id", "parent_id", self.pk, self.parent_id):
            raise ValidationError({"parent": "A body cannot belong to a part of it."})
