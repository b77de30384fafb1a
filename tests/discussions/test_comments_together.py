"""Two posts at the same moment, on real transactions."""

import pytest
from django.db import OperationalError, connection, transaction

from discussions.limits import TooMany
from discussions.models import Comment, PendingReply, Report, Thread
from tests.factories import make_comment, make_reply, make_user, publish
from tests.guides.test_publish_together import at_once
from tests.pages import visit

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


def test_a_double_click_deletes_once(browser_of):
    newcomer = make_user()
    comment = make_comment(publish(), newcomer)
    address = f"{comment.get_absolute_url()}delete/"
    places = []

    at_once(*[lambda: places.append(browser_of(newcomer).post(address).url)] * 4)

    assert (
        places
        == [f"{comment.thread.guide.get_absolute_url()}#comment-{comment.pk}"] * 4
    )
    comment.refresh_from_db()
    assert (comment.state, comment.body) == ("deleted", "")


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


def test_two_members_at_once_in_one_thread_both_stand_in_order(reader):
    guide, people = publish(), [make_user(), make_user()]
    question = make_comment(guide, people[0])

    at_once(
        *[
            lambda who=person, n=number: make_reply(question, who, f"Reply {n}")
            for number in range(5)
            for person in people
        ]
    )

    page = visit(reader, guide.get_absolute_url())
    shown = [article["id"] for article in page.select(".replies .comment")]
    stored = Comment.objects.filter(in_reply_to=question).order_by("pk")
    assert shown == [f"comment-{comment.pk}" for comment in stored]
    assert len(shown) == 10
    assert "11 comments" in page.select_one(".talk__count").get_text()


def test_the_same_words_from_two_tabs_at_once_are_one_comment(real_limits):
    guide, newcomer = publish(), make_user()

    at_once(*[lambda: make_comment(guide, newcomer, "Who signs?")] * 4)

    assert Comment.objects.count() == 1


def test_a_limit_holds_for_posts_at_the_same_moment(real_limits):
    guide, newcomer, waits = publish(), make_user(), []

    def ask(number):
        try:
            make_comment(guide, newcomer, f"Question {number}")
        except TooMany as error:
            waits.append(error.seconds)

    at_once(*[lambda n=number: ask(n) for number in range(4)])

    assert Comment.objects.count() == 1
    assert len(waits) == 3
    assert all(0 < seconds <= 10 for seconds in waits)


def test_a_limit_holds_for_reports_about_many_things(settings, real_limits):
    settings.REPORT_LIMITS = {60: 2}
    comments, waits = [make_comment(publish(), make_user()) for _ in range(5)], []

    def report(comment):
        try:
            Report.file(network="x", comment=comment, reason="spam")
        except TooMany as error:
            waits.append(error.seconds)

    at_once(*[lambda about=comment: report(about) for comment in comments])

    assert Report.objects.count() == 2
    assert len(waits) == 3


def test_a_limit_holds_for_words_that_wait(settings, real_limits):
    settings.PENDING_LIMITS = {60: 2}
    guide, waits = publish(), []

    def keep(number):
        try:
            PendingReply.store(network="x", guide=guide, body=f"Words {number}")
        except TooMany as error:
            waits.append(error.seconds)

    at_once(*[lambda n=number: keep(n) for number in range(5)])

    assert PendingReply.objects.count() == 2
    assert len(waits) == 3


def test_reports_at_the_same_moment_hold_a_comment_once(days_ago):
    comment = make_comment(publish(), make_user())
    members = [make_user(date_joined=days_ago(8)) for _ in range(6)]

    at_once(
        *[
            lambda who=member: Report.file(
                network="x",
                by=who,
                comment=Comment.objects.get(pk=comment.pk),
                reason="spam",
            )
            for member in members
        ]
    )

    comment.refresh_from_db()
    assert comment.state == "held"
    assert Report.objects.open().count() == 6
    assert comment.actions.count() == 1
