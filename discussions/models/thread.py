"""A thread: something asked or told beside a guide, and the replies to it."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.urls import reverse
from django.utils import timezone

from discussions.models.comment import Comment
from guides.models import Edition, Guide

THREADS_A_PAGE = 50


class Thread(models.Model):
    """A question, correction, field note or comment, and the replies to it.

    It may stand beside one block of the guide: then it keeps the block's key, the
    words quoted and the edition they were read in.
    """

    class Kind(models.TextChoices):
        QUESTION = "question", "Question"
        CORRECTION = "correction", "Correction"
        FIELD_NOTE = "field-note", "Field note"
        COMMENT = "comment", "Comment"

    class State(models.TextChoices):
        OPEN = "open", "Open"
        ANSWERED = "answered", "Answered"
        FOLDED_IN = "folded-in", "Folded in"
        DECLINED = "declined", "Declined"
        DUPLICATE = "duplicate", "Duplicate"
        CLOSED = "closed", "Closed"

    guide = models.ForeignKey(Guide, models.PROTECT, related_name="threads")
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.COMMENT)
    state = models.CharField(max_length=20, choices=State, default=State.OPEN)
    block_key = models.CharField(max_length=20, blank=True)
    quoted_text = models.TextField(blank=True, max_length=500)
    edition = models.ForeignKey(
        Edition, models.PROTECT, null=True, related_name="threads"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["guide", "id"], name="thread_in_guide")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} on {self.guide}"

    def get_absolute_url(self) -> str:
        """The thread on a page of its own."""
        return reverse("discussions:thread", args=[self.guide.slug, self.pk])

    @classmethod
    @transaction.atomic
    def start(cls, guide: Guide, *, by, body: str, kind: str, key) -> "Comment":
        """Ask or tell something about a guide.

        A repeat with the same key gives the first comment back. Raises
        ValidationError when the guide is not live.
        """
        if first := by.comments.filter(key=key).first():
            return first
        _hold_live(guide)
        try:
            with transaction.atomic():
                edition = guide.live_edition
                thread = cls.objects.create(guide=guide, kind=kind, edition=edition)
                return thread._add(by=by, body=body, key=key)
        except IntegrityError as error:
            return _first_of(by, key, error)

    @transaction.atomic
    def reply(self, *, by, body: str, key, to: "Comment | None" = None) -> "Comment":
        """Answer a comment of this thread, its first one unless another is named.

        A repeat with the same key gives the first comment back. Raises
        ValidationError when the thread is closed or the guide is not live.
        """
        if first := by.comments.filter(key=key).first():
            return first
        _hold_live(self.guide)
        if self.state == Thread.State.CLOSED:
            raise ValidationError("This thread is closed: it takes no more replies.")
        to = to or self.comments.order_by("pk").first()
        to.refresh_from_db()
        if to.state != Comment.State.PUBLISHED:
            raise ValidationError("The comment you answer is no longer shown.")
        try:
            with transaction.atomic():
                return self._add(by=by, body=body, key=key, in_reply_to=to)
        except IntegrityError as error:
            return _first_of(by, key, error)

    def _add(self, *, by, body: str, key, in_reply_to=None) -> "Comment":
        return Comment.objects.create(
            thread=self, author=by, body=body, key=key, in_reply_to=in_reply_to
        )


def _hold_live(guide: Guide) -> None:
    """Keep the guide live until the comment stands. Posts do not wait for others."""
    with connection.cursor() as cursor:
        sql = "SELECT visibility FROM guides_guide WHERE id = %s FOR SHARE"
        cursor.execute(sql, [guide.pk])
        (visibility,) = cursor.fetchone()
    if visibility != Guide.Visibility.LIVE:
        raise ValidationError("This guide is no longer live: it takes no comments.")


def _first_of(by, key, error: IntegrityError) -> "Comment":
    """The comment that a repeat leads to."""
    if "a_repeat_is_stored_once" not in str(error):
        raise error
    return Comment.objects.get(author=by, key=key)
