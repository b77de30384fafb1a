"""The record of what was done to guides."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from procrastinate.contrib.django import app

from guides.fields import ProseField


class GuideAction(models.Model):
    """What somebody did to a guide or its draft, and why. Rows are only ever added.

    One without a person was done by the site itself. The reason is told to those it
    concerns; the private note is for curators.
    """

    class Verb(models.TextChoices):
        SUBMIT = "submit", "Handed in"
        TAKE_BACK = "take-back", "Taken back to go on writing"
        ASSIGN = "assign", "Looked at by a curator"
        REQUEST_CHANGES = "request-changes", "Changes asked for"
        APPROVE = "approve", "Found right"
        SCHEDULE = "schedule", "Publication planned"
        UNSCHEDULE = "unschedule", "Planned publication called off"
        PUBLISH = "publish", "Published"
        DISCARD = "discard", "Draft deleted"
        RESTORE_EDITION = "restore-edition", "Old edition taken up as a draft"
        WITHDRAW = "withdraw", "Withdrawn"
        RESTORE = "restore", "Shown again"
        MERGE = "merge", "Merged into another guide"
        MARK_GONE = "mark-gone", "Taken away for good"
        RENAME = "rename", "Moved to another address"
        OFFER = "offer", "Offered to somebody else’s care"
        ACCEPT = "accept", "Taken into somebody’s care"
        DECLINE = "decline", "Care declined"
        HAND_OVER = "hand-over", "Given into somebody’s care"
        DESCRIBE = "describe", "Described anew"
        FOLLOW_UP = "follow-up", "To be looked at: what it rests on changed"
        DISMISS = "dismiss", "Found to need no look after a change"

    guide = models.ForeignKey("guides.Guide", models.CASCADE, related_name="actions")
    edition = models.ForeignKey(
        "guides.Edition", models.SET_NULL, null=True, related_name="actions"
    )
    verb = models.CharField(max_length=20, choices=Verb)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        help_text="Whom it concerns besides: a reviewer, a new owner.",
    )
    former_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    reason = ProseField(blank=True)
    private_note = ProseField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["guide", "-id"], name="actions_of_guide")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason="")
                | ~Q(
                    verb__in=[
                        "request-changes",
                        "withdraw",
                        "mark-gone",
                        "restore",
                        "dismiss",
                    ]
                ),
                name="guide_action_has_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_verb_display()}: {self.guide}"

    @classmethod
    def record(
        cls, verb: str, *, by, guide=None, edition=None, note="", **more
    ) -> "GuideAction":
        """Write down what was done, and have those it concerns told by mail.

        Called in the transaction of the verb itself.
        """
        guide = guide or edition.guide
        action = cls.objects.create(
            guide=guide,
            edition=edition,
            verb=verb,
            by=by,
            private_note=note.strip(),
            **more,
        )
        people = guide.owner_id, action.person_id, action.former_owner_id
        if any(people) or (edition and edition.created_by_id):
            app.configure_task("guides.emails.acted").defer(action=action.pk)
        return action
