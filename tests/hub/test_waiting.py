"""What the admin's start page tells a curator to do first."""

from collections import Counter
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.db import connection
from django.utils import timezone

from discussions.models import Comment, Report
from guides.models import EmptySearch, Guide, Reads, UnknownAcronym
from hub.waiting import HARM, KINDS
from tests.discussions.test_admin_lists import fill
from tests.factories import make_comment, make_draft, make_guide, publish
from tests.hub.test_search_plan import EDITIONS, GUIDES, scans

START = "/admin/"
# Tables that stay short, however old the site gets.
SHORT = {"guides_pathway", "guides_step", "landscape_policy"}


@pytest.fixture
def admin(browser_of, curator):
    """The curator's browser."""
    return browser_of(curator)


def waiting(admin) -> dict[str, BeautifulSoup]:
    """What the start page says waits, by its label, from the top."""
    page = BeautifulSoup(admin.get(START).content, "html.parser")
    rows = page.select(".waiting li")
    return {row.h3.get_text().rpartition(":")[0]: row for row in rows}


def searched(words: str, *days: int) -> None:
    """Somebody looked for these words in vain, so many days ago."""
    today = timezone.localdate()
    EmptySearch.objects.bulk_create(
        EmptySearch(query=words, day=today - timedelta(days=n)) for n in days
    )


@pytest.fixture
def everything(guide, newcomer, veteran, curator):
    """One thing of each kind that may wait."""
    Report.file(network="a", guide=guide, reason="wrong")
    Report.file(network="a", by=veteran, guide=guide, reason="private")
    make_comment(guide, newcomer).hold(by=curator, reason="A look.")
    make_draft(make_guide(), state="submitted")
    past = timezone.localdate() - timedelta(days=3)
    Guide.objects.filter(pk=guide.pk).update(due_on=past)
    searched("xylophone", 1, 2)
    UnknownAcronym.objects.create(short="TLA", guides=7)


def test_when_nothing_waits_the_page_is_kind(admin):
    page = admin.get(START).content.decode()

    assert "Nothing waits. Thank you" in page


def test_what_waits_stands_in_the_order_of_harm(admin, everything):
    assert list(waiting(admin)) == [
        "Safety reports",
        "Other reports",
        "Held comments",
        "Guides handed in",
        "Guides that are overdue",
        "Searches without result, last 30 days",
        "Unknown acronyms",
    ]


def test_each_leads_to_a_list_of_just_what_waits(admin, everything):
    for label, row in waiting(admin).items():
        page = admin.get(row.a["href"])
        assert page.context["cl"].result_count == 1, label
        assert page.context["cl"].has_active_filters or "?" not in row.a["href"]


def test_overdue_guides_wait_with_those_that_most_people_read(admin, guide, days_ago):
    other = publish(title="Rarely read")
    past = timezone.localdate() - timedelta(days=3)
    Guide.objects.update(due_on=past)
    Reads.objects.add(Counter({guide.pk: 9, other.pk: 2}))

    row = waiting(admin)["Guides that are overdue"]

    words = " ".join(row.get_text().split())
    assert row.h3.get_text().endswith(": 2")
    assert f"Read most: {guide.live_edition.title}, Rarely read." in words


def test_it_says_how_long_the_oldest_has_waited_and_what_to_do(admin, guide, days_ago):
    for network in "ab":
        Report.file(network=network, guide=guide, reason="secret")
    Report.objects.filter(network="a").update(created_at=days_ago(22))

    words = waiting(admin)["Safety reports"].get_text()

    assert "Safety reports: 2" in words
    assert "has waited 3\xa0weeks, since" in words
    assert "About 5 minutes each." in words


def test_long_queues_are_not_counted_to_the_end(admin, guide):
    fill(guide, 110)

    assert "Held comments: 50+" in waiting(admin)["Held comments"].get_text()


def test_what_was_asked_most_comes_first(admin):
    searched("xylophone", 1)
    searched("zebra", 1, 2, 3)
    searched("long ago", *range(31, 60))

    words = waiting(admin)["Searches without result, last 30 days"].get_text()

    assert "“zebra” (3 days), “xylophone” (1 day)." in words
    assert "long ago" not in words


def test_searches_are_listed_once_each_and_as_far_back_as_asked(admin):
    searched("xylophone", 1, 40)
    searched("zebra", 1, 2, 40)
    searched("kept", 50)

    def listed(query=""):
        page = admin.get(f"/admin/guides/emptysearch/{query}")
        return [(row.query, row.days) for row in page.context["cl"].result_list]

    assert listed() == [("zebra", 2), ("xylophone", 1)]
    assert listed("?days=90") == [("zebra", 3), ("xylophone", 2), ("kept", 1)]
    assert listed("?days=9e9") == listed()
    assert listed("?q=ZEB") == [("zebra", 2)]


def test_a_curator_sees_only_what_they_may_look_after(browser_of, newcomer, everything):
    newcomer.is_staff = True
    newcomer.save()
    right = Permission.objects.get(codename="view_emptysearch")
    newcomer.user_permissions.add(right)

    assert [*waiting(browser_of(newcomer))] == ["Searches without result, last 30 days"]


def test_the_start_page_asks_little(admin, everything, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        assert admin.get(START).status_code == 200


def test_every_harm_is_a_reason_that_readers_can_give():
    assert set(HARM) < set(Report.Reason.values)


MANY = """
INSERT INTO discussions_report (comment_id, reason, words, network, created_at,
    closed_by_id)
SELECT %s, (ARRAY['wrong', 'private'])[1 + n %% 2], '', 'a', now(), %s
FROM generate_series(1, 20000) n;
INSERT INTO discussions_comment (thread_id, in_reply_to_id, body, body_html,
    experience, state, held_reason, hidden_reason, key, created_at)
SELECT thread_id, id, 'So.', 'So.', '', 'published', '', '', gen_random_uuid(), now()
FROM discussions_comment, generate_series(1, 20000) n WHERE id = %s;
INSERT INTO guides_unknownacronym (short, guides)
SELECT 'A' || n, n FROM generate_series(1, 20000) n;
INSERT INTO guides_emptysearch (query, day)
SELECT 'words ' || n %% 1000, CURRENT_DATE - n / 1000
FROM generate_series(1, 300000) n;
INSERT INTO guides_reviewtask (guide_id, cause, state, note, opened_at, closed_at)
SELECT id, 'date', 'done', '', now(), now()
FROM guides_guide, generate_series(1, 20000) n;
"""


@pytest.fixture
def long_life(guide, newcomer, curator):
    """What a site has after years: much that was decided, little that waits."""
    comment = make_comment(guide, newcomer)
    Report.file(network="a", guide=guide, reason="private")
    comment.hold(by=curator, reason="A look.")
    comment.approve(by=curator)
    closed = comment.actions.first()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        keys = [comment.pk, closed.pk, comment.pk]
        for sql in MANY.split(";")[:-1]:
            cursor.execute(sql, keys[: sql.count("%s")])
            keys = keys[sql.count("%s") :]
        cursor.execute(GUIDES.replace("'guide-'", "'many-'"), [20_000])
        cursor.execute(f"{EDITIONS} WHERE slug LIKE 'many-%%'", [])
        cursor.execute("ANALYZE")


def test_the_start_page_reads_no_long_table(long_life, django_assert_max_num_queries):
    with django_assert_max_num_queries(len(KINDS)) as asked:
        for _, find in KINDS:
            find()

    for query in asked.captured_queries:
        assert set(scans(query["sql"], None)) <= SHORT, query["sql"]


def test_a_table_read_from_end_to_end_would_be_seen(long_life):
    rows = Comment.objects.filter(body="So.").order_by()

    assert scans(*rows.query.sql_with_params()) == ["discussions_comment"]
