"""What people are told by email about discussions. The worker writes and sends."""

import unicodedata
from textwrap import indent

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse

from accounts.models import User
from discussions.models import Comment, MailChoice, ModerationAction, Notice
from discussions.models.comment import MODERATION
from guides.jobs import job
from guides.models import Guide

TOLD_TO_AUTHORS = {"approve", "hide", "restore"}
COUNTED = {"replies", "guides"}  # a decision about one's own words is always told
HEADERS = {"Auto-Submitted": "auto-generated"}


@job
def published(comment: int) -> None:
    """Tell whoever was answered, and the guide's owner, of a new comment."""
    shown = Comment.objects.approved().select_related(
        "author", "in_reply_to__author", "thread__guide__owner"
    )
    if not (found := shown.filter(pk=comment).first()):
        return
    answered = found.in_reply_to and found.in_reply_to.author
    for person, kind in (answered, "replies"), (found.thread.guide.owner, "guides"):
        if person and person != found.author and _can_read(person, found):
            _tell(person, kind, comment=found)


@job
def moderated(action: int) -> None:
    """Tell somebody what a curator decided about their comment or about them."""
    people = "person", "by", "comment__author"
    found = ModerationAction.objects.select_related(*people).get(pk=action)
    if found.person:
        _tell(found.person, "", action=found)
    elif found.verb in TOLD_TO_AUTHORS and _still_holds(found):
        if found.comment.author and found.comment.author != found.by:
            _tell(found.comment.author, "decisions", action=found)
        published(comment=found.comment_id)


def _can_read(person: User, comment: Comment) -> bool:
    guides = Guide.objects.readable().visible_to(person)
    seen = Comment.objects.visible_to(person).filter(thread__guide__in=guides)
    return seen.filter(pk=comment.pk).exists()


def _still_holds(action: ModerationAction) -> bool:
    """Whether the comment is as the curator left it."""
    return action.comment.state == MODERATION[action.verb][1]


@transaction.atomic
def _tell(person: User, kind: str, **about: Comment | ModerationAction) -> None:
    """Send one mail, once. One without a kind is always sent: it is about the person.
    A day's limit holds for what others wrote.

    Mails to one person wait for each other, so that they can be counted.
    """
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    left = settings.MAILS_A_DAY - person.notices.of_today().count()
    if (kind and not _wants(person, kind)) or (kind in COUNTED and left <= 0):
        return
    own = person.emailaddress_set.filter(email=F("user__email"), verified=True)
    if own.exists() and Notice.objects.get_or_create(person=person, **about)[1]:
        _send(person, kind, is_last=kind in COUNTED and left == 1, **about)


def _wants(person: User, kind: str) -> bool:
    is_here = person.is_active and person.deletes_at is None
    return is_here and getattr(MailChoice.of(person), kind)


def _send(person: User, kind: str, *, is_last: bool, comment=None, action=None) -> None:
    comment = comment or action.comment
    site = {"name": settings.SITE_NAME, "domain": settings.SITE_URL}
    words = {"current_site": site, "contact_email": settings.CONTACT_EMAIL}
    words |= {"person": person, "kind": kind, "action": action, "is_last": is_last}
    headers = dict(HEADERS)
    if comment:
        words |= _words_about(comment)
    if kind:
        path = reverse("discussions:mail-stop", args=[MailChoice.token(person, kind)])
        words["stop"] = settings.SITE_URL + path
        headers["List-Unsubscribe"] = f"<{words['stop']}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    template = f"emails/discussions/{kind or 'person'}"
    get_adapter().render_mail(template, person.email, words, headers).send()


def _words_about(comment: Comment) -> dict[str, object]:
    """What a mail says of a comment."""
    # In this copy, which is never saved, links work outside the site too.
    here = f'<a href="{settings.SITE_URL}/'
    comment.body_html = comment.body_html.replace('<a href="/', here)
    return {
        "comment": comment,
        "author": isolated(comment.author_name),
        "title": isolated(comment.thread.guide.live_edition.title),
        "quoted": indent(comment.body, "> ", lambda line: True),
        "link": settings.SITE_URL + comment.get_absolute_url(),
    }


def isolated(words: str) -> str:
    """Somebody's words as a subject can hold them.

    They cannot turn the line around, nor pass for words that a mail program decodes.
    """
    turns = any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in words)
    plain = words.replace("=?", "= ?")
    return f"\u2068{plain}\u2069" if turns else plain
