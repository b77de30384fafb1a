"""The record of what curators did to comments."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from guides.fields import ProseField


class ModerationAction(models.Model):
    """What a curator did to a comment, and why. Rows are only ever added."""

    class Verb(models.TextChoices):
        HIDE = "hide", "Hide"
        RESTORE = "restore", "Restore"

    comment = models.ForeignKey(
        "discussions.Comment", models.PROTECT, related_name="actions"
    )
    verb = models.CharField(max_length=20, choices=Verb)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    reason = ProseField()
    private_note = ProseField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="action_has_a_reason")
        ]

    def __str__(self) -> str:
        return f"{self.get_verb_display()}: {self.comment}"
