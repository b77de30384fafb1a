"""Which mails a person wants about discussions, and which they got."""

from datetime import datetime, time

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import Q
from django.utils import timezone


def stops() -> Signer:
    """Signs what stops emails. Mail programs keep a full stop in an address."""
    return Signer(sep=".", salt="discussions.mail-stop")


class MailChoice(models.Model):
    """What somebody wants to be told by email. Without a row: everything."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        primary_key=True,
        related_name="mail_choice",
    )
    replies = models.BooleanField("Somebody replies to me", default=True)
    guides = models.BooleanField("Somebody comments on my guide", default=True)
    decisions = models.BooleanField(
        "A curator decides about a comment of mine", default=True
    )

    KINDS = ("replies", "guides", "decisions")

    def __str__(self) -> str:
        return f"Mail to {self.person}"

    @classmethod
    def of(cls, person) -> "MailChoice":
        """What this person chose, or everything when they never did."""
        return cls.objects.filter(person=person).first() or cls(person=person)

    @classmethod
    def change(cls, person, **wanted: bool) -> None:
        """Choose for these kinds; the others stay as they are."""
        cls.objects.update_or_create(person=person, defaults=wanted)

    @classmethod
    def token(cls, person, kind: str) -> str:
        """What stops one kind of mail to one person, without signing in."""
        return stops().sign(f"{person.pk}.{kind}")

    @classmethod
    def read_token(cls, token: str) -> tuple[int, str]:
        """The person's key and the kind that a token stops.

        Raises BadSignature when it is none of ours.
        """
        pk, kind = stops().unsign(token).split(".")
        if kind not in cls.KINDS:
            raise BadSignature(kind)
        return int(pk), kind


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Mails that were sent about discussions."""

    def of_today(self) -> "NoticeQuerySet":
        """Those sent since midnight, by the clock of the site."""
        midnight = timezone.make_aware(datetime.combine(timezone.localdate(), time()))
        return self.filter(created_at__gte=midnight)


class Notice(models.Model):
    """A mail that was sent about a comment, so that nobody gets it twice."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices"
    )
    comment = models.ForeignKey(
        "discussions.Comment", models.CASCADE, null=True, related_name="notices"
    )
    action = models.ForeignKey(
        "discussions.ModerationAction", models.CASCADE, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person", "created_at"], name="notice_of_person")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(comment__isnull=True) ^ Q(action__isnull=True),
                name="notice_is_about_one_thing",
            ),
            models.UniqueConstraint(
                fields=["person", "comment"], name="one_notice_of_a_comment"
            ),
            models.UniqueConstraint(
                fields=["person", "action"], name="one_notice_of_an_action"
            ),
        ]

    def __str__(self) -> str:
        return f"To {self.person}: {self.comment or self.action}"
