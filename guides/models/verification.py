"""Saying that a guide is still correct, and what follows from how long ago that was."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from guides.fields import ProseField

DUE_SOON = timedelta(days=30)


class Freshness(models.TextChoices):
    """Whether it is time to look at a guide again. Derived, never typed."""

    CURRENT = "current", "Current"
    DUE_SOON = "due-soon", "Due soon"
    OVERDUE = "overdue", "Overdue"
    AFFECTED = "affected", "Affected by a change"

    @classmethod
    def on(cls, day: date, due_on: date) -> "Freshness":
        """The state on a day of what is to be looked at again by due_on."""
        if day > due_on:
            return cls.OVERDUE
        return cls.DUE_SOON if day > due_on - DUE_SOON else cls.CURRENT


class Verification(models.Model):
    """Somebody checked the live edition and found it still correct."""

    class Basis(models.TextChoices):
        POLICIES = "policies", "I checked the policies and sources it rests on"
        ASKED = "asked", "I asked the body that owns the procedure"
        USED = "used", "I did this work myself in the last month"

    guide = models.ForeignKey(
        "guides.Guide", models.CASCADE, related_name="verifications"
    )
    edition = models.ForeignKey(
        "guides.Edition", models.PROTECT, related_name="verifications"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="verifications",
    )
    basis = models.CharField("what this rests on", max_length=20, choices=Basis)
    note = ProseField(
        max_length=600,
        blank=True,
        help_text="What you looked at. Readers will see it.",
    )
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["guide", "-id"], name="verifications_of_guide")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(basis__in=["policies", "asked", "used"]),
                name="verification_has_a_basis",
            )
        ]

    def __str__(self) -> str:
        return f"{self.guide}: {self.get_basis_display()}"

    @property
    def signed_as(self) -> str:
        """The name of whoever checked it."""
        return self.by.display_name if self.by else "A former member"
