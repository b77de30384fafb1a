"""What a person said in discussions, and what becomes of it when they leave."""

from typing import Any

from accounts.models import User
from discussions.models import EarlierWords, MailChoice, ModerationAction, Report

DECISIONS = "What curators decided, without who did it"
GOES = {
    "discussions.mailchoice.person": "Which emails you wanted from us",
    "discussions.notice.person": "The list of emails we sent you about comments",
}
STAYS = {
    "discussions.comment.author": "Your comments, by “A former member”",
    "discussions.comment.hidden_by": DECISIONS,
    "discussions.moderationaction.by": DECISIONS,
    "discussions.moderationaction.person": DECISIONS,
    "discussions.report.by": "What you reported, without your name",
}


def export_for(person: User) -> dict[str, Any]:
    """Comments with their earlier words, what was decided about them, and reports."""
    comment = ("id", "thread__guide__slug", "in_reply_to_id", "state", "experience")
    told = ModerationAction.objects.filter(comment__author=person)
    told |= ModerationAction.objects.filter(person=person)
    decided = ModerationAction.objects.filter(by=person)
    earlier = EarlierWords.objects.filter(comment__author=person)
    reports = Report.objects.filter(by=person)
    wanted = MailChoice.objects.filter(person=person)
    action = ("comment_id", "verb", "reason", "at")
    return {
        "comments": list(
            person.comments.values(*comment, "body", "created_at", "edited_at")
        ),
        "earlier_words": list(earlier.values("comment_id", "body", "until")),
        "decisions_about_you": list(told.values(*action)),
        "decisions_by_you": list(decided.values(*action)),
        "reports": list(
            reports.values("comment_id", "guide__slug", "reason", "words", "created_at")
        ),
        "emails_wanted": list(wanted.values("replies", "guides", "decisions")),
    }


def forget(person: User) -> None:
    """Experience lines go; the words too, if the person asked for it."""
    person.comments.update(experience="")
    if person.deletes_words:
        for comment in person.comments.all():
            comment.forget_words()
