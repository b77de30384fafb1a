"""Who looks after a guide, and how long ago somebody found it still correct."""

from calendar import monthrange
from datetime import date

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import cached_property

from guides.models.action import GuideAction
from guides.models.verification import Freshness, Verification


class Keeping(models.Model):
    """What an owner does for a guide between two editions."""

    REVIEW_MONTHS = ((3, "3 months"), (6, "6 months"), (12, "a year"))

    review_months = models.PositiveSmallIntegerField(
        "looked at again every",
        choices=REVIEW_MONTHS,
        default=6,
        db_default=6,
        help_text="How long what it says can be relied on.",
    )
    due_on = models.DateField(null=True, editable=False)
    reminded_on = models.DateField(null=True, editable=False)
    last_verification = models.OneToOneField(
        "guides.Verification",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    offered_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="offered_guides",
    )

    class Meta:
        abstract = True

    @property
    def freshness(self) -> Freshness | None:
        """How far it can be relied on today; None while readers cannot see it."""
        if self.visibility != "live":
            return None
        if self.is_affected:
            return Freshness.AFFECTED
        return Freshness.on(timezone.localdate(), self.due_on)

    @cached_property
    def is_affected(self) -> bool:
        """Whether what it rests on has changed, and nobody has looked at it since.
        Lists ask for all their guides at once: `with_affected`."""
        return self.review_tasks.open().exists()

    def see_to(self, tasks, *, by) -> None:
        """Close tasks on it. Called in a transaction that holds the guide."""
        if tasks.close(by=by):
            self.__dict__.pop("is_affected", None)

    def catch_up(self) -> None:
        """Open tasks for what changed before readers see it, since its words were
        written or checked. Called in a transaction that holds the guide."""
        looked = [self.live_edition.changed_at]
        check = self.last_verification
        # Whoever checked another edition has not seen what this one rests on.
        if check and check.edition_id == self.live_edition_id:
            looked.append(check.at)
        self.review_tasks.catch_up(self.live_edition, since=max(looked))
        self.__dict__.pop("is_affected", None)

    def reckon_due_day(self) -> None:
        """Set the day by which somebody should look at it again. It is reckoned from
        the last check; without one, from when its sources were read or it came out.

        An edition moves the day only while nobody has checked: a new date must come
        from a check, not from a spelling. Does not save.
        """
        if self.last_verification:
            start = timezone.localdate(self.last_verification.at)
        else:
            read_on = self.live_edition and self.live_edition.sources_read_on
            start = read_on or timezone.localdate(self.first_published_at)
        self.due_on = months_after(start, self.review_months)

    @transaction.atomic
    def verify(
        self,
        *,
        by,
        basis: str,
        note: str = "",
        edition: int | None = None,
        task: int | None = None,
    ) -> Verification:
        """Say that what readers see now is still correct, and what that rests on.
        edition: the key of the edition that was looked at, if it may be another. task:
        that of the newest task that was known, 0 for none, if there may be a newer.

        Raises PermissionDenied when by looks after it neither as its owner, its author
        nor a curator, and ValidationError when it is not live, has no basis, when
        readers see another edition by now, or when something else has changed.
        """
        self._lock()
        if not self.can_be_verified_by(by):
            raise PermissionDenied
        if self.visibility != "live":
            raise ValidationError("Only a guide that readers see can be checked.")
        if edition not in (None, self.live_edition_id):
            raise ValidationError(
                "Another edition came out after you opened this page. Read it, then "
                "say whether it is still correct."
            )
        if task is not None and self.review_tasks.open().filter(pk__gt=task).exists():
            raise ValidationError(
                "What this guide rests on changed after you opened this page. Read "
                "what happened, then say whether the guide is still correct."
            )
        checked = Verification(
            guide=self, edition=self.live_edition, by=by, basis=basis, note=note
        )
        checked.full_clean(exclude=["guide", "edition", "by"])
        checked.save()
        self.last_verification, self.reminded_on = checked, None
        self.reckon_due_day()
        self.save(update_fields=["last_verification", "due_on", "reminded_on"])
        if basis == Verification.Basis.POLICIES:
            self.live_edition.citations.update(checked_on=timezone.localdate())
        self.see_to(self.review_tasks.all(), by=by)
        return checked

    def can_be_verified_by(self, person) -> bool:
        """Whether the person looks after what readers see."""
        author = self.live_edition and self.live_edition.created_by_id
        is_curator = person.is_staff and person.has_perm("guides.change_guide")
        return is_curator or person.pk in {self.owner_id, author}

    @transaction.atomic
    def offer(self, *, to, by) -> None:
        """Ask somebody to look after the guide from now on; they accept or decline."""
        self._lock()
        if by.pk != self.owner_id:
            raise PermissionDenied
        if to.pk == by.pk or not to.is_active:
            raise ValidationError("Choose somebody else who has an account here.")
        self.offered_to = to
        self.save(update_fields=["offered_to"])
        GuideAction.record("offer", guide=self, by=by, person=to)

    @transaction.atomic
    def accept(self, *, by) -> None:
        """Look after the guide from now on, as its owner asked."""
        before = self._answer(by)
        self.owner = by
        self.save(update_fields=["owner", "offered_to"])
        GuideAction.record("accept", guide=self, by=by, person=before)

    @transaction.atomic
    def decline(self, *, by) -> None:
        """Leave the guide with its owner."""
        before = self._answer(by)
        self.save(update_fields=["offered_to"])
        GuideAction.record("decline", guide=self, by=by, person=before)

    @transaction.atomic
    def hand_over(self, *, to, by, reason: str = "") -> None:
        """Give the guide into somebody's care: a curator's way when its owner left."""
        self._lock()
        before, self.owner, self.offered_to = self.owner, to, None
        if before != to:
            self.save(update_fields=["owner", "offered_to"])
            people = {"by": by, "person": to, "former_owner": before}
            GuideAction.record("hand-over", guide=self, reason=reason, **people)

    @transaction.atomic
    def amend(self, *, by, **about) -> None:
        """Change what lasts of the guide, whatever its editions say. New words about
        whom a public guide helps stand in the record, with those before them."""
        self._lock()
        before = self.public_benefit
        for name, value in about.items():
            setattr(self, name, value)
        if self.first_published_at:
            self.reckon_due_day()
            if before != self.public_benefit:
                reason = f"Before, it helped: {before}"
                GuideAction.record("describe", guide=self, by=by, reason=reason)
        self.save(update_fields=[*about, "due_on"])

    def _answer(self, by):
        self._lock()
        if self.offered_to_id != by.pk:
            raise ValidationError("This guide is not offered to you any more.")
        self.offered_to = None
        return self.owner


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months later, or the last one it has."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
