"""How an edition gets from a draft to what readers see: states and whose verbs.

Those of its writers are here, those of curators in publishing.py.
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone

from guides.fields import readable
from guides.models.action import GuideAction

WRITER, CURATOR = "writer", "curator"
OPEN = ("draft", "changes-requested")  # its writers have it
CARRIED_OVER = ("title", "summary", "body", "byline", "sources_read_on", "muted_terms")
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
    """What an edition's writers do with it, and who may do what.

    Each verb is one transaction and stands in the record. They raise
    PermissionDenied when the verb is not this person's, and ValidationError, in words
    for them, when it cannot be done now. by: the person, or None for the site itself.
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
            return is_theirs and has_role(CURATOR, person, self)
        return self.state in step.before and any(
            has_role(role, person, self) for role in step.whose
        )

    @property
    def is_open(self) -> bool:
        """Whether its writers have it, to go on."""
        return self.state in OPEN

    def can_be_revised_by(self, person) -> bool:
        """Whether the person may change the text: its writers until they hand it in,
        curators until it is approved."""
        if self.state in OPEN:
            return has_role(WRITER, person, self) or has_role(CURATOR, person, self)
        return self.state == "submitted" and has_role(CURATOR, person, self)

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
        if not any(has_role(role, by, self) for role in step.whose):
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

    def _check_is_complete(self) -> None:
        missing = {
            name: f"{self._meta.get_field(name).verbose_name.capitalize()} is empty."
            for name in ("title", "summary", "body")
            if not readable(getattr(self, name))
        }
        missing |= self.guide.missing_words()
        if self.guide.first_published_at and not (self.is_minor or self.change_note):
            missing["change_note"] = "Say what changed for readers."
        if faults := self.faults:
            missing["body"] = [*map(str, faults)]
        if missing:
            raise ValidationError(missing)


NOT_APPROVED = {
    "approved_by": None,
    "approved_at": None,
    "override_reason": "",
    "published_by": None,
    "scheduled_for": None,
}


def has_role(role: str, person, edition: Workflow) -> bool:
    """Whether the person may do to an edition what is this role's."""
    if person is None:
        return role == CURATOR  # the site itself
    if role == WRITER:
        return edition.is_written_by(person)
    return person.is_staff and person.has_perm("guides.change_guide")
