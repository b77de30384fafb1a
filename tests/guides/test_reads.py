"""Reads are counted without cookies and about nobody."""

from collections import Counter

import pytest

from guides.models import Guide, Reads
from guides.reads import tally
from tests.factories import publish

BROWSER = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}


@pytest.fixture(autouse=True)
def _nothing_counted_yet():
    tally.reads.clear()
    yield
    tally.reads.clear()


def reads_of(guide) -> int:
    tally.write()
    return sum(Reads.objects.filter(guide=guide).values_list("reads", flat=True))


def test_each_read_of_a_person_counts(reader, guide):
    for _ in range(3):
        reader.get(guide.get_absolute_url(), headers=BROWSER)

    assert reads_of(guide) == 3


@pytest.mark.parametrize(
    "headers",
    [
        {"user-agent": ""},
        {"user-agent": "Googlebot/2.1 (+http://www.google.com/bot.html)"},
        {"user-agent": "curl/8.5"},
        BROWSER | {"sec-purpose": "prefetch;prerender"},
    ],
)
def test_programs_and_pages_fetched_ahead_do_not_count(reader, guide, headers):
    reader.get(guide.get_absolute_url(), headers=headers)

    assert reads_of(guide) == 0


def test_whoever_looks_after_it_does_not_count(browser_of, author, curator, guide):
    Guide.objects.update(owner=author)
    for person in author, curator:
        browser_of(person).get(guide.get_absolute_url(), headers=BROWSER)

    assert reads_of(guide) == 0


def test_reading_writes_nothing_and_sets_no_cookie(
    reader, guide, django_assert_max_num_queries
):
    with django_assert_max_num_queries(5):
        answer = reader.get(guide.get_absolute_url(), headers=BROWSER)

    assert not answer.cookies
    assert not Reads.objects.exists()


def test_what_has_waited_long_enough_is_written_down(reader, guide, settings):
    settings.READS_WAIT = 0

    reader.get(guide.get_absolute_url(), headers=BROWSER)

    assert Reads.objects.get().reads == 1


def test_a_guide_that_went_meanwhile_is_left_out(guide):
    Reads.objects.add(Counter({guide.pk: 1, guide.pk + 1000: 5}))

    assert [row.reads for row in Reads.objects.all()] == [1]


def test_guides_are_counted_apart(reader, guide):
    other = publish()
    reader.get(guide.get_absolute_url(), headers=BROWSER)
    reader.get(other.get_absolute_url(), headers=BROWSER)
    reader.get(other.get_absolute_url(), headers=BROWSER)

    assert (reads_of(guide), reads_of(other)) == (1, 2)
