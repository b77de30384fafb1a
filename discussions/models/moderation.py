"""The record of what curators did to comments and to people."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from guides.fields import ProseField


class ModerationAction(models.Model):
    """What a curator did, to whom or what, and why. Rows are only ever added.

    One without a curator was done by the site itself. A comment's actions are told to
    its author, a person's to that person.
    """

    class Verb(models.TextChoices):
        APPROVE = "approve", "Approve"
        HIDE = "hide", "Hide"
        RESTORE = "restore", "Restore"
        HOLD = "hold", "Hold"
        SPAM = "spam", "Mark as spam"
        KEEP = "keep", "Keep as it is"
        HOLD_PERSON = "hold-person", "Hold a person’s comments"
        RELEASE_PERSON = "release-person", "Release a person’s comments"
        SUSPEND = "suspend", "Suspend a person"
        REINSTATE = "reinstate", "Reinstate a person"

    comment = models.ForeignKey(
        "discussions.Comment", models.PROTECT, null=True, related_name="actions"
    )
    guide = models.ForeignKey(
        "guides.Guide", models.PROTECT, null=True, related_name="+"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    verb = models.CharField(max_length=20, choices=Verb)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    reason = ProseField(blank=True)
    private_note = ProseField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    NEEDS_NO_REASON = (Verb.APPROVE, Verb.KEEP)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason="") | Q(verb__in=["approve", "keep"]),
                name="action_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(comment__isnull=True, guide__isnull=True)
                | Q(comment__isnull=True, person__isnull=True)
                | Q(guide__isnull=True, person__isnull=True),
                name="action_is_about_one_thing",
            ),
        ]

    def __str__(self) -> str:
        about = self.comment or self.guide or self.person or "somebody who left"
        return f"{self.get_verb_display()}: {about}"

    @transaction.atomic
    def undo(self, *, by, was: str) -> None:
        """Bring a comment back to the state it was in, and its reports to the queue.

        Nothing is taken from the record: the way back is written there too. Raises
        ValidationError when somebody has acted on the comment since.
        """
        locked = type(self.comment).objects.select_for_update(of=["self"])
        comment = locked.get(pk=self.comment_id)
        steps = WAYS_BACK.get((self.verb, was))
        if not steps or comment.actions.first() != self:
            raise ValidationError("Something else was done to it since.")
        earlier = comment.actions.filter(verb="hide", pk__lt=self.pk).first()
        for step in steps:
            reason = earlier.reason if step == "hide" and earlier else "Undone."
            getattr(comment, step)(by=by, reason=reason)
        self.closed_reports.update(closed_by=None)


# What leads back to the state in which a comment was before a verb.
WAYS_BACK = {
    ("approve", "held"): ["hold"],
    ("hide", "published"): ["restore"],
    ("hide", "held"): ["restore", "hold"],
    ("hold", "published"): ["approve"],
    ("restore", "hidden"): ["hide"],
    ("restore", "spam"): ["mark_spam"],
    ("spam", "published"): ["restore"],
    ("spam", "held"): ["restore", "hold"],
    ("spam", "hidden"): ["restore", "hide"],
}
