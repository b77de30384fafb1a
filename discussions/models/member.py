"""People as curators look after them: what they wrote, and whether it waits."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from discussions.models.moderation import ModerationAction
from discussions.outbox import tell
from guides.fields import readable


class Member(User):
    """Somebody with an account, with the verbs that curators need."""

    class Meta:
        proxy = True

    def hold(self, *, by, reason: str, note: str = "") -> None:
        """Let every later comment wait for a curator.

        Raises ValidationError when it does already, or by may not.
        """
        self._moderate("hold-person", by, reason, note, is_held=(False, True))

    def release(self, *, by, reason: str, note: str = "") -> None:
        """Let later comments appear at once again.

        Raises ValidationError when they do already, or by may not.
        """
        self._moderate("release-person", by, reason, note, is_held=(True, False))

    @transaction.atomic
    def suspend(
        self, *, by, reason: str, note: str = "", hide_comments: bool = False
    ) -> None:
        """Shut somebody out, at once in every browser; their comments stay or go.

        Raises ValidationError when they are shut out already, or by may not.
        """
        self._moderate("suspend", by, reason, note, is_active=(True, False))
        self.sign_out_everywhere()
        if hide_comments:
            for comment in self.comments.filter(state__in=["published", "held"]):
                comment.hide(by=by, reason=reason, note=note)

    def reinstate(self, *, by, reason: str, note: str = "") -> None:
        """Let somebody in again.

        Raises ValidationError when they are not shut out, or by may not.
        """
        self._moderate("reinstate", by, reason, note, is_active=(False, True))

    @transaction.atomic
    def _moderate(self, verb: str, by, reason: str, note: str, **change) -> None:
        ((field, (old, new)),) = change.items()
        now = Member.objects.select_for_update(no_key=True).get(pk=self.pk)
        if (now.is_staff or now.is_superuser) and not by.is_superuser:
            raise ValidationError("Only a superuser can do this to a curator.")
        if now.pk == by.pk or getattr(now, field) != old:
            raise ValidationError(f"This cannot be done to {self.display_name} now.")
        if not (reason := readable(reason)):
            raise ValidationError("Give a reason. The person will be told.")
        setattr(self, field, new)
        self.save(update_fields=[field])
        action = ModerationAction.objects.create(
            person=self, verb=verb, by=by, reason=reason, private_note=note.strip()
        )
        tell("moderated", action=action.pk)
