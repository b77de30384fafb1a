"""How long lists in the admin stay quick, and where reports of guides wait."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from discussions.admin.filters import waiting_comments
from discussions.models import Comment, Report, Thread
from tests.discussions.curating import decide, queue
from tests.factories import make_comment, make_user


@pytest.fixture
def admin(browser_of, curator):
    """The curator's browser."""
    return browser_of(curator)


def report(about: Comment, by=None) -> Report:
    """What a reader says about a comment."""
    return Report.file(network="a", by=by, comment=about, reason="unkind")


def fill(guide, number: int) -> None:
    """So many comments, every other one held, and a report of some of the rest."""
    people = [make_user() for _ in range(10)]
    new = [Thread(guide=guide, edition=guide.live_edition) for _ in range(number)]
    comments = [
        Comment(thread=thread, author=people[n % 10], body="Why?", body_html="Why?")
        for n, thread in enumerate(Thread.objects.bulk_create(new))
    ]
    for comment in comments[::2]:
        comment.state, comment.held_reason = "held", "first"
    Report.objects.bulk_create(
        Report(comment=comment, reason="unkind", network="a", by=people[0])
        for comment in Comment.objects.bulk_create(comments)[1:100:2]
    )


@pytest.mark.parametrize("number", [100, 1000])
def test_the_queue_costs_the_same_however_many_wait(admin, guide, number):
    fill(guide, number)

    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert len(queue(admin)) == 25

    assert len(asked) <= 12, [query["sql"] for query in asked]


def test_far_down_a_list_only_keys_are_skipped(admin, guide):
    fill(guide, 400)
    newest = list(Comment.objects.order_by("-pk").values_list("pk", flat=True))

    with CaptureQueriesContext(connection) as asked:
        page = admin.get("/admin/discussions/comment/?show=all&p=7")

    rows = page.context["cl"].result_list
    assert [comment.pk for comment in rows] == newest[150:175]
    skips = [query["sql"] for query in asked if "OFFSET 150" in query["sql"]]
    assert len(skips) == 1
    assert "JOIN" not in skips[0]
    assert "count" not in skips[0].lower()
    assert admin.get("/admin/discussions/comment/?show=all&p=99").status_code == 302


def test_the_queue_reads_only_what_waits(guide):
    fill(guide, 1000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE discussions_comment")
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = waiting_comments().explain()

    assert "comment_that_is_held" in plan
    assert "Seq Scan on discussions_comment" not in plan


def test_reported_guides_wait_until_they_are_closed(admin, guide, veteran):
    old = Report.file(
        network="a", by=veteran, guide=guide, reason="wrong", words="Old."
    )
    Report.objects.update(created_at=timezone.now() - timedelta(days=3))
    Report.file(network="b", guide=guide, reason="other")
    assert b"Old." in admin.get("/admin/discussions/report/").content

    decide(admin, [old], "close", note="Mended in edition 4.")

    assert not Report.objects.open().exists()
    old.refresh_from_db()
    assert (old.closed_by.verb, old.closed_by.guide) == ("keep", guide)
    assert b"Old." not in admin.get("/admin/discussions/report/").content


def test_closing_a_report_keeps_the_comment(admin, newcomer, veteran, guide):
    comment = make_comment(guide, newcomer)
    first = report(comment, by=veteran)

    decide(admin, [first], "close")

    assert comment.actions.get().verb == "keep"
    assert queue(admin) == []


def test_a_report_of_words_that_are_gone_can_be_closed(admin, newcomer, veteran, guide):
    comment = make_comment(guide, newcomer)
    first = report(comment, by=veteran)
    comment.delete_words(by=newcomer)

    decide(admin, [first], "close")

    assert not Report.objects.open().exists()


def test_a_held_comment_is_decided_on_itself(admin, curator, newcomer, veteran, guide):
    comment = make_comment(guide, newcomer)
    comment.hold(by=curator, reason="Let me look.")
    first = report(comment, by=veteran)

    assert b"is held" in decide(admin, [first], "close").content
    assert Report.objects.open().get() == first
