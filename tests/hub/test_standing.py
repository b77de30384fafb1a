"""Curators see how the guides and the questions stand, as pictures and in numbers."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as some

from discussions.models import Thread
from guides.models import Guide
from hub.bars import LEAST, LETTER, LINE, WIDTH, draw
from tests.factories import make_comment, make_reply, make_user, publish
from tests.hub.test_queries import make_many

ADDRESS = "/admin/standing/"


@pytest.fixture
def admin(browser_of, curator):
    """The curator's browser."""
    return browser_of(curator)


def table(admin, name: str) -> dict[str, int]:
    """The numbers under one heading."""
    page = BeautifulSoup(admin.get(ADDRESS).content, "html.parser")
    rows = page.find("section", attrs={"aria-labelledby": name}).select("tbody tr")
    return {row.th.get_text(): int(row.td.get_text()) for row in rows}


def test_live_guides_are_counted_by_whether_somebody_should_look(admin, curator):
    today = timezone.localdate()
    for days in -1, 0, 29, 30, 200:
        guide = publish()
        Guide.objects.filter(pk=guide.pk).update(due_on=today + timedelta(days=days))
    publish().withdraw(by=curator, reason="Old.")

    assert table(admin, "freshness") == {
        "Affected by a change": 0,
        "Overdue": 1,
        "Due soon": 2,
        "Current": 2,
    }


def test_questions_wait_until_somebody_else_replies(
    admin, newcomer, veteran, curator, guide, days_ago
):
    for days in 1, 5, 20, 60, 400:
        asked = make_comment(guide, newcomer, f"Since when, {days}?")
        Thread.objects.filter(pk=asked.thread_id).update(created_at=days_ago(days))
    make_reply(asked, newcomer, "Does nobody know?")
    make_reply(make_comment(guide, newcomer, "Who signs?"), veteran)
    make_comment(guide, newcomer, "It is nice.", kind="comment")
    make_comment(guide, newcomer, "Unkind?").hide(by=curator, reason="Unkind.")
    gone = publish()
    make_comment(gone, newcomer, "Which form?")
    gone.withdraw(by=curator, reason="Old.")

    assert list(table(admin, "questions").values()) == [1, 1, 1, 1, 1]


def test_whoever_asked_is_known_by_the_thread_and_not_by_a_number_alike(
    admin, newcomer, veteran, guide
):
    """The numbers of threads and of comments run apart, as on every real site."""
    first = make_comment(guide, veteran, "Who signs?")
    for words in "Since when?", "By when?", "For whom?":
        make_reply(make_comment(guide, newcomer, words), newcomer)
    make_reply(first, newcomer)

    assert sum(table(admin, "questions").values()) == 3


def test_the_picture_says_where_its_numbers_are(admin, newcomer, guide):
    page = BeautifulSoup(admin.get(ADDRESS).content, "html.parser")

    [picture] = page.select("svg.bars")  # of questions there are none
    assert picture["role"] == "img"
    assert "The table below has the numbers." in picture["aria-label"]
    texts = [text.get_text() for text in picture.find_all("text")]
    assert texts[-2:] == ["Current", "1"]
    assert len(picture.select(".bars__bar")) == 1


def test_the_start_page_leads_there(admin):
    assert f'href="{ADDRESS}"' in admin.get("/admin/").content.decode()


def test_each_sees_what_they_may(browser_of, reader, newcomer):
    helper = make_user(is_staff=True)
    assert browser_of(helper).get(ADDRESS).status_code == 403
    helper.user_permissions.add(Permission.objects.get(codename="view_guide"))

    page = browser_of(helper).get(ADDRESS).content.decode()

    assert "Live guides by freshness" in page
    assert "Questions without an answer" not in page
    for browser in reader, browser_of(newcomer):
        assert browser.get(ADDRESS).status_code == 302


@pytest.mark.parametrize("number", [5, 100])
def test_it_asks_little_however_much_there_is(
    admin, number, django_assert_max_num_queries
):
    make_many(number)
    admin.get(ADDRESS)

    with django_assert_max_num_queries(8):
        assert admin.get(ADDRESS).status_code == 200


counts = some.lists(
    some.tuples(some.text(max_size=60), some.integers(0, 10**9)), max_size=12
)


@given(counts)
def test_no_label_overlaps_and_nothing_leaves_the_chart(rows):
    chart = draw(rows)

    below = 0
    for bar, (_, count) in zip(chart.bars, rows, strict=True):
        assert bar.baseline - LINE + 6 >= below
        assert bar.y > bar.baseline
        assert (len(bar.words) + 1 + len(bar.number)) * LETTER <= WIDTH
        assert (LEAST <= bar.width <= WIDTH) if count else bar.width == 0
        below = bar.y + bar.height
    assert below == chart.height


@given(counts)
def test_a_longer_bar_never_stands_for_less(rows):
    widths = sorted((count, bar.width) for bar, (_, count) in _pairs(rows))

    assert [width for _, width in widths] == sorted(width for _, width in widths)


def _pairs(rows):
    return zip(draw(rows).bars, rows, strict=True)
