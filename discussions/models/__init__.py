"""Threads, their comments, and what curators did to them."""

from discussions.models.comment import COMMENTS_A_THREAD, Comment
from discussions.models.moderation import ModerationAction
from discussions.models.thread import THREADS_A_PAGE, Thread

__all__ = [
    "COMMENTS_A_THREAD",
    "THREADS_A_PAGE",
    "Comment",
    "ModerationAction",
    "Thread",
]
