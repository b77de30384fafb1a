"""How an edition gets from a draft to what readers see: states, verbs, and whose."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone

from guides.fields import readable
from guides.models.action import GuideAction
from guides.models.words import Word

WRITER, CURATOR = "writer", "curator"
OPEN = ("draft", "changes-requested")  # its writers have it
CARRIED_OVER = ("title", "summary", "body", "byline", "sources_read_on")
LOOKED_AT = ("submitted", "ready", "scheduled")  # the curators have it


class Conflict(ValidationError):
    """Somebody else saved the same edition meanwhile; `edition` is as they left it."""

    def __init__(self, edition) -> None:
        self.edition = edition
        super().__init__("Somebody saved this text after you opened it.")


@dataclass(frozen=True)
class Step:
    """One verb: the states it is possible in, the one it leads to, and whose it is."""

    before: tuple[str, ...]
    after: str
    whose: tuple[str, ...] = (CURATOR,)


STEPS = {
    "submit": Step(OPEN, "submitted", (WRITER,)),
    "take_back": Step(LOOKED_AT, "draft", (WRITER,)),
    "discard": Step(OPEN, "", (WRITER,)),
    "request_changes": Step(LOOKED_AT, "changes-requested"),
    "approve": Step(("submitted",), "ready"),
    "schedule": Step(("submitted", "ready"), "scheduled"),
    "unschedule": Step(("scheduled",), "ready"),
    "publish": Step(LOOKED_AT, "published"),
}


class Workflow(models.Model):
    """The verbs of an edition. Each is one transaction and stands in the record.

    They raise PermissionDenied when the verb is not this person's, and
    ValidationError, in words for them, when it cannot be done now. by: the person, or
    None for the site itself.
    """

    class Meta:
        abstract = True

    def is_written_by(self, person) -> bool:
        """Whether the person may change the text: its author, or the guide's owner."""
        return person is not None and person.pk in {
            self.created_by_id,
            self.guide.owner_id,
        }

    def is_own_work_of(self, person) -> bool:
        """Whether the person wrote or changed any of it."""
        if person is None:
            return False
        return person.pk == self.created_by_id or self.editors.contains(person)

    def can(self, verb: str, person) -> bool:
        """Whether the person may do this verb to the edition as it stands."""
        step = STEPS[verb]
        if verb == "publish" and self.state in OPEN:
            # Nobody else's draft is published before it was handed in.
            is_theirs = self.created_by_id is None or self.is_written_by(person)
            return is_theirs and _is(CURATOR, person, self)
        return self.state in step.before and any(
            _is(role, person, self) for role in step.whose
        )

    @property
    def is_open(self) -> bool:
        """Whether its writers have it, to go on."""
        return self.state in OPEN

    def can_be_revised_by(self, person) -> bool:
        """Whether the person may change the text: its writers until they hand it in,
        curators until it is approved."""
        if self.state in OPEN:
            return _is(WRITER, person, self) or _is(CURATOR, person, self)
        return self.state == "submitted" and _is(CURATOR, person, self)

    @transaction.atomic
    def revise(self, *, by, version: int, about: dict | None = None, **words) -> None:
        """Save new words. about: what lasts of a guide that was never public.

        The same words again change nothing, whoever saved them. Raises Conflict when
        somebody has saved others since the version that by has read.
        """
        self._lock()
        if not self.can_be_revised_by(by):
            raise ValidationError(
                "This text can no longer be changed here: it was handed in, approved "
                "or published meanwhile."
            )
        about = {} if self.guide.first_published_at else about or {}
        changed = [name for name in words if getattr(self, name) != words[name]]
        if not changed and not self.guide.differs_from(about):
            return
        if self.version != version:
            raise Conflict(self)
        for name in changed:
            setattr(self, name, words[name])
        self.version += 1
        self.changed_at = timezone.now()
        self.save(update_fields=[*changed, "version", "changed_at"])
        if by.pk != self.created_by_id:
            self.editors.add(by)
        if about:
            self.guide.describe(**about)

    @transaction.atomic
    def submit(self, *, by, version: int | None = None, **note) -> None:
        """Hand the draft in, for a curator to look at. note: what changed for readers.

        Raises Conflict when somebody has saved it since the version that by has read.
        """
        self._may("submit", by)
        if version not in (None, self.version):
            raise Conflict(self)
        if note:
            self.revise(by=by, version=self.version, **note)
        self._check_is_complete()
        if self.guide.first_published_at is None:
            self.guide.take_slug_of(self.title, by=by)
        self._go("submit", by, submitted_at=timezone.now())

    @transaction.atomic
    def take_back(self, *, by) -> None:
        """Make it a draft again, to go on writing."""
        self._may("take_back", by)
        self._go("take_back", by, **NOT_APPROVED)

    @transaction.atomic
    def assign(self, *, to, by) -> None:
        """Say which curator looks at it; the author is told."""
        self._lock()
        if self.state not in LOOKED_AT or not _is(CURATOR, by, self):
            raise ValidationError("Nothing was handed in here that could be looked at.")
        if not _is(CURATOR, to, self):
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
        if not _is(CURATOR, by, self):
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

    @transaction.atomic
    def discard(self, *, by) -> None:
        """Delete a draft that readers have never seen; with it a guide that has no
        other text."""
        self._may("discard", by)
        guide = self.guide
        if guide.first_published_at is None:
            guide.delete_unseen()
        else:
            GuideAction.record("discard", guide=guide, by=by, reason=self.title)
            self.delete()

    @transaction.atomic
    def restore_as_draft(self, *, by):
        """A new draft with these words again. Returns it."""
        self._lock()
        if not self.is_public or self.pk == self.guide.live_edition_id:
            raise ValidationError("Only an edition of the past can be restored.")
        if self.guide.draft:
            raise ValidationError(
                "There is a draft already. Publish or delete it first, so that its "
                "words are not lost."
            )
        draft = self.guide.start_draft(by=by)
        words = {name: getattr(self, name) for name in CARRIED_OVER}
        draft.revise(by=by, version=draft.version, **words)
        GuideAction.record(
            "restore-edition", edition=draft, by=by, reason=f"Edition {self.number}"
        )
        return draft

    def _lock(self) -> None:
        """Wait for whoever changes the guide, and look at the edition afresh."""
        guides = type(self.guide).objects.select_for_update(of=["self"])
        guide = guides.filter(pk=self.guide_id).first()
        if not guide or not type(self).objects.filter(pk=self.pk).exists():
            raise ValidationError("This draft was deleted meanwhile.")
        self.refresh_from_db()
        self.guide = guide

    def _may(self, verb: str, by) -> None:
        self._lock()
        step = STEPS[verb]
        if not any(_is(role, by, self) for role in step.whose):
            raise PermissionDenied
        if self.state not in step.before:
            state = self.get_state_display().lower()
            raise ValidationError(f"This edition is {state}, so this cannot be done.")

    def _go(self, verb: str, by, *, reason: str = "", note: str = "", **more) -> None:
        for name, value in more.items():
            setattr(self, name, value)
        self.state = STEPS[verb].after
        self.save(update_fields=["state", *more])
        GuideAction.record(
            verb.replace("_", "-"), edition=self, by=by, reason=reason, note=note
        )

    def _approve(self, by) -> None:
        if self.approved_by_id is None:
            self.approved_by, self.approved_at = by, timezone.now()
        self.save(update_fields=["approved_by", "approved_at", "override_reason"])

    def _check_is_complete(self) -> None:
        missing = {
            name: f"{self._meta.get_field(name).verbose_name.capitalize()} is empty."
            for name in ("title", "summary", "body")
            if not readable(getattr(self, name))
        }
        missing |= self.guide.missing_words()
        if self.guide.first_published_at and not (self.is_minor or self.change_note):
            missing["change_note"] = "Say what changed for readers."
        if missing:
            raise ValidationError(missing)

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
        GuideAction.record("publish", edition=self, by=by, reason=self.override_reason)


NOT_APPROVED = {
    "approved_by": None,
    "approved_at": None,
    "override_reason": "",
    "published_by": None,
    "scheduled_for": None,
}


def _is(role: str, person, edition: Workflow) -> bool:
    if person is None:
        return role == CURATOR  # the site itself
    if role == WRITER:
        return edition.is_written_by(person)
    return person.is_staff and person.has_perm("guides.change_guide")
