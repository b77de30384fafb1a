"""Searches stay quick with 20,000 guides, because PostgreSQL finds an index."""

import json

import pytest
from django.db import connection

from guides.models import Guide, Word

MANY = 20_000
GUIDES = """
INSERT INTO guides_guide (slug, kind, stages, professions, tiers, public_benefit,
    visibility, visibility_reason, created_at, first_published_at)
SELECT 'guide-' || n, 'primer', '{first-week}', '{}', '{}', 'The public.',
    'unpublished', '', now(), now() FROM generate_series(1, %s) n
"""
# Each word of three letters is in about 1 guide of 700, as rare words are.
EDITIONS = """
INSERT INTO guides_edition (guide_id, number, title, summary, body, body_html,
    body_text, contents, word_count, byline, is_minor, change_note, state,
    created_at, published_at, override_reason)
SELECT id, 1,
    'Title ' || translate((id %% 700)::text, '0123456789', 'abcdefghij') || 'xq',
    'What it is about', 'text', '', repeat('government service standard ', 40)
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
        cursor.execute("ANALYZE guides_word")


def scans(sql: str, parameters) -> list[str]:
    """The tables that a query would read from end to end."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", parameters)
        plan = cursor.fetchone()[0]
    plan = json.loads(plan) if isinstance(plan, str) else plan
    return list(_seq_scans(plan[0]["Plan"]))


def _seq_scans(node: dict):
    if node["Node Type"] == "Seq Scan":
        yield node["Relation Name"]
    for inner in node.get("Plans", []):
        yield from _seq_scans(inner)


def test_a_search_reads_no_table_from_end_to_end(many_guides):
    for words in ["bcxq", '"title bcxq"', "lmzw -bcxq", "bcxq or cdxq"]:
        found = Guide.objects.search(words).values_list("pk", flat=True)[:200]

        assert found.count() > 0, words
        assert scans(*found.query.sql_with_params()) == [], words


def test_a_slip_of_the_finger_reads_no_table_from_end_to_end(many_words):
    query = Word.objects.meaning(["assesment", "govrnment"])

    assert scans(query.raw_query, query.params) == []


def test_the_check_sees_a_table_read_from_end_to_end(guide):
    bad = Guide.objects.filter(public_benefit__icontains="public").order_by()

    assert scans(*bad.query.sql_with_params()) == ["guides_guide"]
