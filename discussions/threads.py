"""Comments as pages show them: threads with their replies, a page at a time."""

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, Func, OuterRef, QuerySet, Subquery

from accounts.models import User
from discussions.models import COMMENTS_A_THREAD, THREADS_A_PAGE, Comment, Thread
from guides.models import Guide


@dataclass(frozen=True)
class ShownThread:
    """A thread with the comments that one page shows of it."""

    thread: Thread
    comments: list[Comment]
    has_more: bool = False

    @property
    def opening(self) -> Comment | None:
        """The comment that opened it, unless that is on an earlier page."""
        first = self.comments[0]
        return first if first.in_reply_to_id is None else None

    @property
    def replies(self) -> list[Comment]:
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

    @property
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
    seen = Comment.objects.visible_to(reader).filter(thread=OuterRef("pk"))
    later = guide.threads.filter(Exists(seen))
    if newest_first:
        later = later.filter(pk__lt=after) if after else later
    else:
        later = later.filter(pk__gt=after)
    wanted = later.order_by("-pk" if newest_first else "pk")[: THREADS_A_PAGE + 1]
    comments = Comment.objects.filter(thread__in=wanted.values("pk"))
    rows = groupby(_for(reader, comments), attrgetter("thread"))
    threads = [_shown(thread, list(comments)) for thread, comments in rows]
    if newest_first:
        threads.reverse()
    more = len(threads) > THREADS_A_PAGE
    threads = threads[:THREADS_A_PAGE]
    next_after = threads[-1].thread.pk if more else None
    return Discussion(guide, threads, next_after, after, newest_first)


def comments_of(
    thread: Thread, reader: User | AnonymousUser, after: int = 0
) -> list[Comment]:
    """The comments of one thread that follow the one numbered `after`."""
    return list(_for(reader, thread.comments.filter(pk__gt=after)))


def place_of(comment: Comment, reader: User | AnonymousUser) -> str:
    """The address at which a reader finds a comment: in the guide's own page if it
    is shown there, else on the thread's."""
    thread = comment.thread
    guide = thread.guide
    before = thread.comments.visible_to(reader).filter(pk__lt=comment.pk)
    earlier = guide.threads.filter(pk__lt=thread.pk)
    counts = Thread.objects.filter(pk=thread.pk)
    counted, threads = counts.values_list(_count(before), _count(earlier)).get()
    page, place = divmod(counted, COMMENTS_A_THREAD)
    if page == 0 and threads < THREADS_A_PAGE:
        return f"{guide.get_absolute_url()}#comment-{comment.pk}"
    address = thread.get_absolute_url()
    if page:
        last = before.order_by("-pk").values_list("pk", flat=True)[place]
        address += f"?after={last}"
    return f"{address}#comment-{comment.pk}"


def _count(rows: QuerySet) -> Subquery:
    counted = rows.order_by().annotate(number=Func("pk", function="COUNT"))
    return Subquery(counted.values("number"))


def _shown(thread: Thread, comments: list[Comment]) -> ShownThread:
    more = len(comments) > COMMENTS_A_THREAD
    return ShownThread(thread, comments[:COMMENTS_A_THREAD], more)


def _for(reader: User | AnonymousUser, comments: QuerySet) -> QuerySet:
    return comments.visible_to(reader).for_page()
