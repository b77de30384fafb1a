"""The labelled people and words that a demo starts with."""

from uuid import uuid4

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.models import User
from discussions.models import Comment, Thread
from guides.models import Guide

GUIDE = "your-first-week"
QUESTION = (
    "Sample question: everybody speaks in short forms and I am lost by the second "
    "meeting. Is it rude to stop people and ask?"
)
ANSWER = (
    "Sample answer: ask. Half the room does not know either. I kept a list on paper "
    "for my first month and asked one person to go through it with me every Friday."
)


@transaction.atomic
def make_people(password: str) -> list[User]:
    """A curator, a newcomer and a veteran, who all sign in with this password."""
    curator = {"is_staff": True, "is_superuser": True}
    return [
        _person("curator", "Sample Curator", password, **curator),
        _person("newcomer", "Sample Newcomer", password),
        _person("veteran", "Sample Veteran", password),
    ]


@transaction.atomic
def make_comments(curator: User, newcomer: User, veteran: User) -> None:
    """One question and its answer, approved; the first time only."""
    guide = Guide.objects.live().filter(slug=GUIDE).first()
    if guide is None or newcomer.comments.exists():
        return
    question = Thread.start(
        guide, by=newcomer, body=QUESTION, kind="question", key=uuid4()
    )
    _approve(question, curator)
    _approve(
        question.thread.reply(by=veteran, body=ANSWER, to=question, key=uuid4()),
        curator,
    )


def _approve(comment: Comment, curator: User) -> None:
    if comment.state == Comment.State.HELD:  # as the first one of a new member is
        comment.approve(by=curator)


def _person(name: str, display_name: str, password: str, **given) -> User:
    address = f"{name}@demo.example"
    user = User.objects.filter(email=address).first()
    if user is None:
        user = User.objects.create_user(
            address, password, display_name=display_name, **given
        )
    elif not user.check_password(password):
        user.set_password(password)
        user.save(update_fields=["password"])
    EmailAddress.objects.get_or_create(
        user=user, email=address, defaults={"verified": True, "primary": True}
    )
    return user
