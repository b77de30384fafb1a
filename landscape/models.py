"""What guides stand on: the places and the bodies of government."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper


def parts_of(field: str, name: str) -> GinIndex:
    """An index that finds any three letters or more, however large they are written."""
    return GinIndex(OpClass(Upper(field), name="gin_trgm_ops"), name=name)


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


class Organisation(models.Model):
    """A public body, named as it names itself today."""

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

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=160)
    abbreviation = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=40, choices=Kind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    jurisdictions = models.ManyToManyField(
        Jurisdiction, blank=True, related_name="organisations"
    )

    class Meta:
        ordering = ["name"]
        indexes = [
            models.Index(fields=["name"], name="organisation_name"),
            models.Index(fields=["kind", "name"], name="organisation_kind"),
            parts_of("name", "organisation_name_parts"),
            parts_of("abbreviation", "organisation_short_parts"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(parent=models.F("id")),
                name="organisation_is_not_its_own_parent",
                violation_error_message="A body cannot belong to itself.",
            )
        ]

    def __str__(self) -> str:
        return self.name
