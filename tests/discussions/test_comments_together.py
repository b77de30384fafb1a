"""Two posts at the same moment, on real transactions."""

import pytest

from discussions.models import Comment, Thread
from tests.factories import make_comment, make_reply, make_user, publish
from tests.guides.test_publish_together import at_once

pytestmark = pytest.mark.django_db(transaction=True)
KEY = "00000000-0000-4000-8000-000000000001"


def test_a_double_click_asks_once():
    guide, newcomer = publish(), make_user()

    at_once(*[lambda: make_comment(guide, newcomer, key=KEY)] * 4)

    assert (Thread.objects.count(), Comment.objects.count()) == (1, 1)


def test_a_double_click_answers_once():
    guide, newcomer = publish(), make_user()
    question = make_comment(guide, newcomer)

    at_once(*[lambda: make_reply(question, newcomer, key=KEY)] * 4)

    assert Comment.objects.exclude(pk=question.pk).count() == 1


def test_no_comment_lands_on_a_guide_that_is_being_withdrawn():
    guide, newcomer = publish(), make_user()

    refused = at_once(
        lambda: guide.withdraw(by=newcomer, reason="Old."),
        lambda: make_comment(type(guide).objects.get(pk=guide.pk), newcomer),
    )

    assert Comment.objects.count() == 1 - len(refused)
