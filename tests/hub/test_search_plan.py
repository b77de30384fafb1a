"""Searches and lists stay quick with many guides: PostgreSQL finds an index."""

import json
from collections.abc import Iterator

import pytest
from django.db import connection

from guides.models import Guide
from guides.search import MOST, find
from tests.hub.test_search import found
from tests.pages import visit

MANY = 12_000
GUIDES = """
INSERT INTO guides_guide (slug, kind, stages, professions, tiers, public_benefit,
    visibility, visibility_reason, created_at, first_published_at)
SELECT 'guide-' || n, 'primer', '{first-week}', '{}', '{}', 'The public.',
    'unpublished', '', now(), now() FROM generate_series(1, %s) n
"""
# A rare word is in 1 guide of 700, a common one in 1 of 3, 5 or 7.
EDITIONS = """
INSERT INTO guides_edition (guide_id, number, title, summary, body, body_html,
    body_text, contents, word_count, byline, is_minor, change_note, state,
    created_at, published_at, override_reason)
SELECT id, 1,
    'Title ' || translate((id %% 700)::text, '0123456789', 'abcdefghij') || 'xq',
    'What it is about', 'text', '', repeat('filler words to read ', 40)
    || CASE WHEN id %% 3 = 0 THEN 'procurement ' ELSE '' END
    || CASE WHEN id %% 5 = 0 THEN 'budget ' ELSE '' END
    || CASE WHEN id %% 7 = 0 THEN 'minister ' ELSE '' END
    || translate((id %% 977)::text, '0123456789', 'klmnopqrst') || 'zw',
    '[]', 120, 'Handover editors', false, 'First published.', 'published',
    now(), now() - id * interval '1 minute', ''
FROM guides_guide
"""
LIVE = """
UPDATE guides_guide g SET live_edition_id = e.id, visibility = 'live',
    due_on = '2027-01-01'
FROM guides_edition e WHERE e.guide_id = g.id
"""

LARGE = {"guides_guide", "guides_edition", "guides_word"}
SEARCHES = {  # and whether they find something
    "bcxq": True,
    "lmzw or cdxq": True,
    "procurement": True,
    "procurement bcxq": True,
    "procurement budget minister": True,
    "procurement -budget": True,
    '"title bcxq"': True,
    "nobodysword": False,
    "minsiter": True,
}


@pytest.fixture
def many_guides():
    """Generated guides, all live, with the statistics of a running site."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(GUIDES, [MANY])
        cursor.execute(EDITIONS, [])
        cursor.execute("ANALYZE guides_guide, guides_edition")
        cursor.execute(LIVE)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ANALYZE guides_guide, guides_edition")


@pytest.fixture
def many_words():
    """A vocabulary as large as 20,000 guides have."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO guides_word (word, guides) SELECT DISTINCT "
            "md5(n::text), 1 FROM generate_series(1, 30000) n"
        )
        cursor.execute("INSERT INTO guides_word (word, guides) VALUES ('minister', 9)")
        cursor.execute("ANALYZE guides_word")


@pytest.fixture
def plans():
    """The steps by which PostgreSQL answers all that is asked while a test runs."""
    asked: list[dict] = []

    def note(execute, sql, given, many, context):
        if "EXPLAIN" not in sql and sql.lstrip().startswith(("SELECT", "WITH")):
            asked.extend(_steps(_plan(sql, given)))
        return execute(sql, given, many, context)

    with connection.execute_wrapper(note):
        yield asked


def _plan(sql: str, given) -> dict:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", given)
        plan = cursor.fetchone()[0]
    return (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]


def _steps(step: dict) -> Iterator[dict]:
    yield step
    for inner in step.get("Plans", []):
        yield from _steps(inner)


def scans(sql: str, given) -> list[str]:
    """The tables that a query would read from end to end."""
    steps = _steps(_plan(sql, given))
    return [s["Relation Name"] for s in steps if s["Node Type"] == "Seq Scan"]


def read_whole(plans: list[dict]) -> set[str]:
    """The large tables that are read from end to end, or row by row along an index
    until enough is found."""
    return {
        step["Relation Name"]
        for step in plans
        if step.get("Relation Name") in LARGE
        and step["Node Type"] in {"Seq Scan", "Index Scan"}
        and "Index Cond" not in step
    }


def indexes_of(plans: list[dict]) -> set[str]:
    """The indexes that are used."""
    return {step["Index Name"] for step in plans if "Index Name" in step}


def test_a_search_reads_no_table_from_end_to_end(
    reader, many_guides, many_words, plans
):
    for words, finds in SEARCHES.items():
        plans.clear()
        page = visit(reader, "/search/", data={"q": words})

        assert bool(found(page)) == finds, words
        assert read_whole(plans) == set(), words
        assert "published_edition_words" in indexes_of(plans), words


def test_of_a_common_word_only_the_newest_shelves_are_read(many_guides, plans):
    find("procurement")

    of_words = [s for s in plans if s.get("Index Name") == "published_edition_words"]
    assert any("ARRAY" in step["Index Cond"] for step in of_words)


def test_of_very_many_guides_the_newest_are_listed(reader, many_guides):
    page = visit(reader, "/search/?q=procurement")

    assert f"the newest {MOST} " in page.main.get_text()
    newest = Guide.objects.filter(live_edition__body_text__contains="procurement")
    newest = newest.order_by("-live_edition_id").values_list("pk", flat=True)[:MOST]
    assert sorted(find("procurement")) == sorted(newest)

    last = visit(reader, f"/search/?q=procurement&page={MOST // 10}")
    assert len(found(last)) == 10
    visit(reader, f"/search/?q=procurement&page={MOST // 10 + 1}", 404)


def test_the_check_sees_a_table_read_from_end_to_end(guide, plans):
    list(Guide.objects.filter(public_benefit__icontains="public").order_by())

    assert read_whole(plans) == {"guides_guide"}


def test_the_check_sees_a_table_read_backwards(many_guides, plans):
    list(Guide.objects.filter(public_benefit__contains="x").order_by("-pk")[:10])

    assert read_whole(plans) == {"guides_guide"}


def sorted_through(plans: list[dict]) -> bool:
    """Whether the texts of all guides are read to find the newest or first ones."""
    scans = [step for step in plans if step["Node Type"] == "Seq Scan"]
    return "guides_edition" in {step["Relation Name"] for step in scans}


def test_the_home_page_reads_the_few_guides_that_it_shows(reader, many_guides, plans):
    page = visit(reader, "/")

    assert len(page.select("li.card-row")) == 6
    assert len(page.select(".folder li")) == 5
    assert not sorted_through(plans)
    assert {"published_edition_newest", "live_guide_at_arrival"} <= indexes_of(plans)


def test_a_list_of_guides_reads_one_page_of_texts(reader, many_guides, plans):
    for address in "/guides/", "/guides/?kind=primer&stage=first-week":
        plans.clear()
        page = visit(reader, address)

        assert len(page.select(".card-row")) == 20
        assert not sorted_through(plans), address
        assert "published_edition_newest" in indexes_of(plans), address


def test_the_check_sees_all_texts_read_to_find_the_newest(many_guides, plans):
    list(Guide.objects.live().order_by("-live_edition__published_at")[:6])

    assert sorted_through(plans)
