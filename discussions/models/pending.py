"""Words that wait while their author signs in."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from discussions.limits import check_limits, take_turns

KEPT_FOR = timedelta(hours=24)


class PendingReplyQuerySet(models.QuerySet["PendingReply"]):
    """Pending replies, as long as they are kept."""

    def kept(self) -> "PendingReplyQuerySet":
        """Those that can still be posted."""
        return self.filter(created_at__gt=timezone.now() - KEPT_FOR)

    def over(self) -> "PendingReplyQuerySet":
        """Those whose time is over."""
        return self.exclude(created_at__gt=timezone.now() - KEPT_FOR)


class PendingReply(models.Model):
    """What somebody typed before they were signed in.

    A signed cookie in their browser finds it again; nobody else does. Its key is the
    one-use key of the form in which they come back.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    guide = models.ForeignKey("guides.Guide", models.CASCADE, related_name="+")
    in_reply_to = models.ForeignKey(
        "discussions.Comment", models.CASCADE, null=True, related_name="+"
    )
    kind = models.CharField(max_length=20, blank=True)
    body = models.TextField(
        validators=[MaxLengthValidator(settings.COMMENT_MAX_LENGTH)]
    )
    network = models.CharField(max_length=32)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = PendingReplyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "pending replies"
        indexes = [
            models.Index(fields=["network", "created_at"], name="pending_of_network")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(body__length__lte=settings.COMMENT_MAX_LENGTH),
                name="pending_reply_is_not_too_long",
            )
        ]

    def __str__(self) -> str:
        return f"Pending reply beside {self.guide_id}"

    @classmethod
    @transaction.atomic
    def store(
        cls, *, network: str, replaces: "PendingReply | None" = None, **given
    ) -> "PendingReply":
        """Keep words until they are posted, for a day at most.

        replaces: what the same browser stored for the same place before. Raises
        TooMany when a network has stored too many.
        """
        if replaces is None:
            take_turns(f"pending replies of {network}")
            check_limits(cls.objects.filter(network=network), settings.PENDING_LIMITS)
        pending = cls(network=network, pk=replaces and replaces.pk, **given)
        pending.save()
        return pending
