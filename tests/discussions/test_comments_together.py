"""Two posts at the same moment, on real transactions."""

import pytest
from django.db import OperationalError, connection, transaction

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


def test_a_reply_waits_for_a_withdrawal_under_way():
    guide, newcomer = publish(), make_user()
    question = make_comment(guide, newcomer)
    waited = []

    def answer():
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '50ms'")
        try:
            make_reply(question, newcomer)
        except OperationalError as error:
            waited.append(error)

    with transaction.atomic():
        guide.withdraw(by=newcomer, reason="Old.")
        at_once(answer)

    assert len(waited) == 1
    assert Comment.objects.count() == 1
