"""Threads, their comments, and what curators did to them."""

from discussions.models.comment import COMMENTS_A_THREAD, Comment, EarlierWords
from discussions.models.member import Member
from discussions.models.moderation import ModerationAction
from discussions.models.notice import MailChoice, Notice
from discussions.models.pending import PendingReply
from discussions.models.report import Report
from discussions.models.thread import THREADS_A_PAGE, Thread

__all__ = [
    "COMMENTS_A_THREAD",
    "THREADS_A_PAGE",
    "Comment",
    "EarlierWords",
    "MailChoice",
    "Member",
    "ModerationAction",
    "Notice",
    "PendingReply",
    "Report",
    "Thread",
]
