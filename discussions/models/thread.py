"""A thread: something asked or told beside a guide, and the replies to it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, partial
from uuid import UUID, uuid5

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from accounts.prepared import Prepared, of_one_size, plans_kept
from discussions.holds import is_of_today, why_held
from discussions.limits import Limits, TooMany, wait
from discussions.models.comment import Comment
from discussions.outbox import tell
from guides.markdown import clean_text
from guides.models import Edition, Guide, WhyBlock

THREADS_A_PAGE = 50
OPEN_QUESTIONS = 5_000  # that are looked through for those without an answer


class ThreadQuerySet(models.QuerySet["Thread"]):
    """Many threads at once."""

    def unanswered(self) -> "ThreadQuerySet":
        """Questions beside live guides to which nobody but whoever asked has replied:
        of the newest OPEN_QUESTIONS that are open, so that it takes no longer on a
        site with very many."""
        newest = self.filter(kind=Thread.Kind.QUESTION, state=Thread.State.OPEN)
        newest = newest.order_by("-pk").values("pk")[:OPEN_QUESTIONS]
        approved = Comment.objects.approved().order_by()
        questions = approved.filter(in_reply_to__isnull=True)
        asked = questions.filter(thread=OuterRef("pk"))
        answers = approved.filter(thread=OuterRef("pk"), in_reply_to__isnull=False)
        beside = questions.filter(thread=OuterRef("thread"))  # of the answer at hand
        by_others = answers.exclude(author__in=beside.values("author"))
        found = self.filter(pk__in=newest, guide__visibility="live")
        return found.filter(Exists(asked), ~Exists(by_others))


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

    guide = models.ForeignKey(
        Guide, models.PROTECT, related_name="threads", db_index=False
    )
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.COMMENT)
    state = models.CharField(max_length=20, choices=State, default=State.OPEN)
    block_key = models.CharField(max_length=20, blank=True)
    quoted_text = models.TextField(blank=True, max_length=500)
    edition = models.ForeignKey(
        Edition, models.PROTECT, null=True, related_name="threads"
    )
    created_at = models.DateTimeField(default=timezone.now)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        # By it the threads of a guide are found, too: the key has no index of its own.
        indexes = [models.Index(fields=["guide", "id"], name="thread_in_guide")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} on {self.guide}"

    def get_absolute_url(self) -> str:
        """The thread on a page of its own."""
        return reverse("discussions:thread", args=[self.guide.slug, self.pk])

    @classmethod
    @transaction.atomic
    def start(
        cls,
        guide: Guide,
        *,
        by,
        body: str,
        kind: str,
        key,
        about: WhyBlock | None = None,
        is_trapped: bool = False,
    ) -> Comment:
        """Ask or tell something about a guide, or about one block of it.

        A repeat, by its key or by the same words, gives the first comment back.
        Raises ValidationError when the guide is not live or the person is shut out,
        TooMany when they must wait.
        """
        held = _hold(by, guide)
        key = _key_of(key, body)
        if first := _first_or_limit(_opened_lately, by, key, body, guide.pk):
            return first
        held.check()
        thread = cls(guide=guide, kind=kind, edition=guide.live_edition)
        if about:
            thread.block_key, thread.quoted_text = about.block, about.title
        with plans_kept(connection):
            thread.save(force_insert=True)
        return thread._add(by, body, key, is_trapped)

    @transaction.atomic
    def reply(
        self,
        *,
        by,
        body: str,
        key,
        to: Comment | None = None,
        is_trapped: bool = False,
    ) -> Comment:
        """Answer a comment of this thread, its first one unless another is named.

        A repeat, by its key or by the same words, gives the first comment back.
        Raises ValidationError when the thread is closed, the guide is not live or the
        person is shut out, TooMany when they must wait.
        """
        to = to or self.comments.order_by("pk").first()
        held = _hold(by, self.guide, to)
        key = _key_of(key, body)
        if first := _first_or_limit(_replied_lately, by, key, body, to.pk):
            return first
        held.check()
        return self._add(by, body, key, is_trapped, in_reply_to=to)

    def _add(self, author, body, key, is_trapped, in_reply_to=None) -> Comment:
        comment = Comment(thread=self, author=author, body=body, key=key)
        comment.in_reply_to = in_reply_to
        comment.experience = author.experience_line
        comment.render()
        reason = why_held(author, comment.body_html, is_trapped=is_trapped)
        if reason:
            comment.state, comment.held_reason = Comment.State.HELD, reason
        with plans_kept(connection):
            comment.save(force_insert=True)
            if not reason:
                tell("published", comment=comment.pk)
        return comment


def limits_of(author) -> Limits:
    """How many comments this author may send, and in how many seconds."""
    if author.is_staff or not is_of_today(author):
        return settings.COMMENT_LIMITS
    return settings.NEW_MEMBER_LIMITS


@dataclass(frozen=True)
class _Held:
    """How things stand while a comment is posted; none of them changes meanwhile."""

    visibility: str
    thread: str = ""
    answered: str = Comment.State.PUBLISHED

    def check(self) -> None:
        if self.visibility != Guide.Visibility.LIVE:
            raise ValidationError("This guide is no longer live: it takes no comments.")
        if self.thread == Thread.State.CLOSED:
            raise ValidationError("This thread is closed: it takes no more replies.")
        if self.answered != Comment.State.PUBLISHED:
            raise ValidationError("The comment you answer is no longer shown.")


def _hold(by, guide: Guide, to: Comment | None = None) -> _Held:
    """Keep author, guide, thread and comment as they are until the reply stands.

    Posts of one person wait for each other; those of others do not.
    """
    sql = """
        SELECT person.is_active, person.is_held, guide.visibility {more}
        FROM accounts_user person, guides_guide guide {tables}
        WHERE person.id = %s AND guide.id = %s {which}
        FOR NO KEY UPDATE OF person FOR SHARE OF guide {names}
    """
    if to:
        sql = sql.format(
            more=", thread.state, answered.state",
            tables=", discussions_thread thread, discussions_comment answered",
            which="AND answered.id = %s AND thread.id = answered.thread_id",
            names=", thread, answered",
        )
    else:
        sql = sql.format(more="", tables="", which="", names="")
    with plans_kept(connection), connection.cursor() as cursor:
        keys = map(of_one_size, [by.pk, guide.pk, *([to.pk] if to else [])])
        cursor.execute(sql, list(keys))
        by.is_active, by.is_held, *states = cursor.fetchone()
    if not by.is_active:
        raise ValidationError("This account may not post.")
    return _Held(*states)


def _key_of(key, body: str) -> UUID:
    """The key of these words in a form. Other words of the same form, as when somebody
    goes back and writes on, are no repeat."""
    return uuid5(UUID(str(key)), clean_text(body))


def _first_or_limit(lately, by, key: UUID, body: str, place: int) -> Comment | None:
    """The comment that a repeat leads to, if this is one; place: the guide that a
    thread is opened beside, or the comment that is answered.

    Raises TooMany when the author must wait.
    """
    limits, now = limits_of(by), timezone.now()
    since = now - timedelta(seconds=max(limits))
    same_since = now - settings.COMMENT_REPEAT_TIME
    newest = lately(max(limits.values()))
    rows = list(newest(by.pk, since, key, clean_text(body), same_since, place))
    if rows and rows[0][1]:
        return Comment.objects.select_related("thread__guide").get(pk=rows[0][0])
    if seconds := wait([row[2] for row in rows], limits, now):
        raise TooMany(seconds)
    return None


def _newest(most, at, by, since, key, body, same_since, place) -> models.QuerySet:
    same_words = Q(body=body, created_at__gt=same_since, **at(place))
    same_words &= ~Q(state=Comment.State.DELETED)
    lately = Comment.objects.filter(Q(created_at__gt=since) | Q(key=key), author=by)
    lately = lately.annotate(is_repeat=Q(Q(key=key) | same_words))
    newest = lately.order_by("-is_repeat", "-created_at")[:most]
    return newest.values_list("pk", "is_repeat", "created_at")


WORDS = int, datetime, UUID, str, datetime, int  # what a repeat is told by


@cache
def _opened_lately(most: int) -> Prepared:
    def at(guide):
        return {"thread__guide": guide, "in_reply_to": None}

    return Prepared(partial(_newest, most, at), *WORDS)


@cache
def _replied_lately(most: int) -> Prepared:
    def at(comment):
        return {"in_reply_to": comment}

    return Prepared(partial(_newest, most, at), *WORDS)
