"""What curators do with an edition that was handed in, until readers see it."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from guides.fields import readable
from guides.models.action import GuideAction
from guides.models.words import Word
from guides.models.workflow import (
    CURATOR,
    LOOKED_AT,
    NOT_APPROVED,
    Workflow,
    has_role,
)


class Publishing(Workflow):
    """What curators do with an edition, by the rules that Workflow states for verbs."""

    class Meta:
        abstract = True

    @transaction.atomic
    def assign(self, *, to, by) -> None:
        """Say which curator looks at it; the author is told."""
        self._lock()
        if self.state not in LOOKED_AT or not has_role(CURATOR, by, self):
            raise ValidationError("Nothing was handed in here that could be looked at.")
        if not has_role(CURATOR, to, self):
            raise ValidationError("Choose somebody who is a curator.")
        self.reviewer, self.review_began_at = to, timezone.now()
        self.save(update_fields=["reviewer", "review_began_at"])
        GuideAction.record("assign", edition=self, by=by, person=to)

    @transaction.atomic
    def request_changes(self, *, by, reason: str, note: str = "") -> None:
        """Give it back to its author, who reads the reason."""
        self._may("request_changes", by)
        if not (reason := readable(reason)):
            raise ValidationError("Say what should change. The author reads it.")
        self._go("request_changes", by, reason=reason, note=note, **NOT_APPROVED)

    @transaction.atomic
    def approve(self, *, by, override_reason: str = "") -> None:
        """Find it right, so that any curator may publish it."""
        self._may("approve", by)
        self._check_second_pair_of_eyes(by, override_reason)
        self._approve(by)
        self._go("approve", by, reason=self.override_reason)

    @transaction.atomic
    def schedule(
        self, *, at, by, change_note: str = "", override_reason: str = ""
    ) -> None:
        """Have it published by itself at a later moment."""
        self._may("schedule", by)
        if at <= timezone.now():
            raise ValidationError("Choose a moment that is still to come.")
        self._check_may_be_published(by, change_note, override_reason)
        self._approve(by)
        self.published_by, self.scheduled_for = by, at
        self.save(update_fields=["published_by", "change_note"])
        self._go("schedule", by, reason=self.override_reason, scheduled_for=at)

    @transaction.atomic
    def unschedule(self, *, by, reason: str = "") -> None:
        """Keep it from being published by itself; it stays ready."""
        self._may("unschedule", by)
        self._go("unschedule", by, reason=reason, scheduled_for=None, published_by=None)

    @transaction.atomic
    def publish(self, *, by, change_note: str = "", override_reason: str = "") -> None:
        """Make this the live edition; the one before it becomes history.

        Raises ValidationError when it is public already, was not handed in, when a
        major edition has no change note, or when somebody who wrote it gives no
        reason to override the second pair of eyes.
        """
        self._lock()
        if not has_role(CURATOR, by, self):
            raise PermissionDenied
        self._check_may_be_published(by, change_note, override_reason)
        if by is not None and not self.can("publish", by):
            raise ValidationError(
                "Its author has not handed it in yet, so it cannot be published."
            )
        self._show(by, published_by=by)

    @transaction.atomic
    def publish_as_scheduled(self) -> None:
        """Publish it, if its moment has come, in the name of who chose the moment."""
        self._lock()
        if self.state == "scheduled" and self.scheduled_for <= timezone.now():
            self._check_may_be_published(None, "", self.override_reason)
            self._show(None, published_by=self.published_by)

    def _approve(self, by) -> None:
        if self.approved_by_id is None:
            self.approved_by, self.approved_at = by, timezone.now()
        self.save(update_fields=["approved_by", "approved_at", "override_reason"])

    def _check_second_pair_of_eyes(self, by, override_reason: str) -> None:
        """Somebody who wrote none of it has looked, or there is a reason why not."""
        self.override_reason = readable(override_reason) or self.override_reason
        others = self.approved_by_id and not self.is_own_work_of(self.approved_by)
        if others or self.override_reason or not self.is_own_work_of(by):
            return
        raise ValidationError(
            "This is your own edition. Ask another curator, or give a reason "
            "for publishing it yourself."
        )

    def _check_may_be_published(self, by, change_note, override_reason) -> None:
        if self.is_public:
            raise ValidationError("This edition has been published already.")
        if self.guide.visibility in {"merged", "gone"}:
            raise ValidationError("A guide that is merged or gone has no new editions.")
        first = self.guide.live_edition_id is None
        note = readable(change_note) or self.change_note
        self.change_note = note or ("First published." if first else "")
        if not self.is_minor and not self.change_note:
            raise ValidationError("Say in a change note what changed for readers.")
        if faults := self.faults:
            raise ValidationError([*map(str, faults)])
        self._check_second_pair_of_eyes(by, override_reason)

    def _show(self, by, *, published_by) -> None:
        guide = self.guide
        if before := guide.live_edition:
            before.state = "superseded"
            before.save(update_fields=["state"])
        self.state, self.scheduled_for = "published", None
        self.published_by, self.published_at = published_by, timezone.now()
        self.save()
        was_live = guide.visibility == guide.Visibility.LIVE
        Word.objects.replace(before.words if before and was_live else set(), self.words)
        guide.show(self, by=published_by)
        tasks = guide.review_tasks.answered_by(self)
        guide.see_to(tasks, by=published_by)
        GuideAction.record("publish", edition=self, by=by, reason=self.override_reason)
