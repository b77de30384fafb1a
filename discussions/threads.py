"""Comments as pages show them: threads with their replies, a page at a time."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, Func, OuterRef, QuerySet, Subquery

from accounts.models import User, initials_of
from accounts.prepared import PreparedForReader
from discussions.models import COMMENTS_A_THREAD, THREADS_A_PAGE, Comment, Thread
from discussions.models.comment import FORMER, is_recent, is_stub
from guides.models import Guide

# What a page shows of a comment, in the order of the fields of ShownComment.
SHOWN = (
    *("pk", "thread_id", "state", "body_html", "experience", "hidden_reason"),
    *("created_at", "edited_at", "is_held_open", "author_id", "author__display_name"),
    *("author__handle", "author__is_active", "in_reply_to_id", "in_reply_to__state"),
    "in_reply_to__author__display_name",
)
NEWEST = 2**63 - 1  # no thread has a higher number
OF_THREAD = ("thread__kind", "thread__state", "thread__quoted_text")


class ShownComment(NamedTuple):
    """A comment with what a page shows of it and of its author, and nothing else.

    A page has hundreds; as whole rows of five tables they took most of its time. It
    can be a key: its markup is made once while none of this changes.
    """

    pk: int
    thread_id: int
    state: str
    body_html: str
    experience: str
    hidden_reason: str
    created_at: datetime
    edited_at: datetime | None
    is_held_open: bool
    author_id: int | None
    author_name: str
    author_handle: str | None
    author_is_active: bool | None
    answered_id: int | None
    answered_state: str | None
    answered_name: str

    @classmethod
    def rows(cls, comments: QuerySet) -> list["ShownComment"]:
        """These comments, found by `visible_to`, in one query."""
        return [cls.of(*row) for row in comments.values_list(*SHOWN)]

    @classmethod
    def of(cls, *row) -> "ShownComment":
        """The comment of a row of SHOWN."""
        *before, name, handle, is_active, answered, state, answered_name = row
        author = name or FORMER, handle, is_active
        return cls(*before, *author, answered, state, answered_name or FORMER)

    @property
    def author_initials(self) -> str:
        """The letters that stand where a picture would."""
        return initials_of(self.author_name) if self.author_id else "–"

    @property
    def is_stub(self) -> bool:
        """Whether only its place is shown, to this reader."""
        return is_stub(self.state, self.is_held_open)

    @property
    def is_recent(self) -> bool:
        """Whether its author may still mend the words."""
        return is_recent(self.created_at)


class ThreadFacts(NamedTuple):
    """What a page shows of a thread itself."""

    pk: int
    kind: str
    state: str
    quoted_text: str

    @classmethod
    def of(cls, thread: Thread) -> "ThreadFacts":
        """Of a whole row."""
        return cls(thread.pk, thread.kind, thread.state, thread.quoted_text)

    @property
    def kind_name(self) -> str:
        """Question, correction and so on."""
        return Thread.Kind(self.kind).label


@dataclass(frozen=True)
class ShownThread:
    """A thread with the comments that one page shows of it."""

    thread: ThreadFacts
    comments: list[ShownComment]
    has_more: bool = False

    @property
    def opening(self) -> ShownComment | None:
        """The comment that opened it, unless that is on an earlier page."""
        first = self.comments[0]
        return first if first.answered_id is None else None

    @property
    def replies(self) -> list[ShownComment]:
        """What came after the opening."""
        return self.comments[1:] if self.opening else self.comments


@dataclass(frozen=True)
class Discussion:
    """One page of a guide's threads, oldest or newest first."""

    guide: Guide
    threads: list[ShownThread]
    next_after: int | None
    after: int = 0
    newest_first: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the discussion is on another page."""
        is_cut = any(shown.has_more for shown in self.threads)
        return not (self.after or self.next_after or is_cut)

    @property
    def is_short(self) -> bool:
        """Whether it makes no difference which thread comes first."""
        return len(self.threads) < 2 and not self.next_after

    @cached_property
    def comment_count(self) -> int:
        """How many comments this page shows, stubs not counted."""
        shown = (c for thread in self.threads for c in thread.comments)
        return sum(not comment.is_stub for comment in shown)


def discussion_of(
    guide: Guide,
    reader: User | AnonymousUser,
    after: int = 0,
    newest_first: bool = False,
) -> Discussion:
    """The threads of a guide that follow the one numbered `after`, in one query."""
    if newest_first:
        rows = _newest_first(reader, guide.pk, after or NEWEST)
    else:
        rows = _oldest_first(reader, guide.pk, after)
    threads: dict[ThreadFacts, list[ShownComment]] = {}
    for *row, kind, state, quoted in rows:
        comment = ShownComment.of(*row)
        thread = ThreadFacts(comment.thread_id, kind, state, quoted)
        threads.setdefault(thread, []).append(comment)
    shown = [_shown(*pair) for pair in threads.items()]
    if newest_first:
        shown.reverse()
    more = len(shown) > THREADS_A_PAGE
    shown = shown[:THREADS_A_PAGE]
    next_after = shown[-1].thread.pk if more else None
    return Discussion(guide, shown, next_after, after, newest_first)


def _rows(order: str, reader, guide: int, after: int) -> QuerySet:
    side = "pk__lt" if order == "-pk" else "pk__gt"
    seen = Comment.objects.visible_to(reader)
    later = Thread.objects.filter(guide=guide, **{side: after}).order_by(order)
    wanted = later.filter(Exists(seen.filter(thread=OuterRef("pk"))))
    of_page = seen.of_threads(wanted.values("pk")[: THREADS_A_PAGE + 1])
    return of_page.values_list(*SHOWN, *OF_THREAD)


_oldest_first = PreparedForReader(partial(_rows, "pk"), int, int)
_newest_first = PreparedForReader(partial(_rows, "-pk"), int, int)


def comments_of(
    thread: Thread, reader: User | AnonymousUser, after: int = 0
) -> list[ShownComment]:
    """The comments of one thread that follow the one numbered `after`: as many as a
    page shows, and one more that tells whether there are others."""
    later = thread.comments.visible_to(reader).filter(pk__gt=after)
    return ShownComment.rows(later.order_by("pk")[: COMMENTS_A_THREAD + 1])


def as_shown(comment: Comment) -> ShownComment:
    """What its author sees of a comment that was just posted."""
    author, answered = comment.author, comment.in_reply_to
    return ShownComment(
        *(comment.pk, comment.thread_id, comment.state, comment.body_html),
        *(comment.experience, comment.hidden_reason),
        *(comment.created_at, comment.edited_at),
        comment.state == Comment.State.HELD,
        *(author.pk, author.display_name, author.handle, author.is_active),
        *(comment.in_reply_to_id, answered and answered.state),
        answered.author_name if answered else FORMER,
    )


def place_of(comment: Comment, reader: User | AnonymousUser) -> str:
    """The address at which a reader finds a comment: in the guide's own page if it
    is shown there, else on the thread's."""
    thread = comment.thread
    guide = thread.guide
    (counts,) = _counts_before(reader, guide.pk, thread.pk, comment.pk)
    counted, has_page_before = counts
    page, place = divmod(counted, COMMENTS_A_THREAD)
    if page == 0 and not has_page_before:
        return f"{guide.get_absolute_url()}#comment-{comment.pk}"
    address = thread.get_absolute_url()
    if page:
        before = thread.comments.visible_to(reader).filter(pk__lt=comment.pk)
        last = before.order_by("-pk").values_list("pk", flat=True)[place]
        address += f"?after={last}"
    return f"{address}#comment-{comment.pk}"


def _counts(reader, guide: int, thread: int, comment: int) -> QuerySet:
    seen = Comment.objects.visible_to(reader)
    before = seen.filter(thread=thread, pk__lt=comment)
    earlier = Thread.objects.filter(guide=guide, pk__lt=thread)
    has_page_before = Exists(earlier[THREADS_A_PAGE - 1 : THREADS_A_PAGE])
    here = Thread.objects.filter(pk=thread)
    return here.values_list(_count(before), has_page_before)


_counts_before = PreparedForReader(_counts, int, int, int)


def _count(rows: QuerySet) -> Subquery:
    counted = rows.order_by().annotate(number=Func("pk", function="COUNT"))
    return Subquery(counted.values("number"))


def _shown(thread: ThreadFacts, comments: list[ShownComment]) -> ShownThread:
    more = len(comments) > COMMENTS_A_THREAD
    return ShownThread(thread, comments[:COMMENTS_A_THREAD], more)
