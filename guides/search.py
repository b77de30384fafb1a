"""Finding guides by words: ranking, extracts and typing slips."""

import re

from django.conf import settings
from django.contrib.postgres.search import SearchHeadline, SearchQuery
from django.db import connection
from django.db.models import QuerySet, Value
from django.db.models.functions import Greatest, Lower, StrIndex, Substr
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

# Private-use letters: no keyboard has them, and escaping leaves them alone.
MARK_START, MARK_END = "\ue000", "\ue001"
MARKED = re.compile(f"{MARK_START}([^{MARK_START}{MARK_END}]*){MARK_END}")

MOST = 100  # guides that one search lists
SHELF = 1024  # editions made one after the other, which the index keeps together
# The part of a text from which an extract is made, and what of it comes before the
# first word found.
PASSAGE, LEAD = 1_000, 300

# What a guide must be to be listed.
LISTED = """
g.visibility = 'live'
    AND (%(kind)s = '' OR g.kind = %(kind)s)
    AND (%(stage)s = '' OR g.stages @> ARRAY[%(stage)s]::varchar[])
    AND (%(topic)s = '' OR EXISTS (
        SELECT 1 FROM guides_guide_topics gt JOIN guides_topic t ON t.id = gt.topic_id
        WHERE gt.guide_id = g.id AND t.slug = %(topic)s))
"""
# Editions that answer, newest first. PostgreSQL plans without knowing the words or an
# index for the order: of common words it would else think it quick to read the whole
# table, from the start or backwards. Guides are looked up until there are enough.
NEWEST = """
SELECT answer.id FROM (
    SELECT id, -id AS age FROM guides_edition
    WHERE state = 'published'
        AND search @@ (SELECT websearch_to_tsquery('english', %(words)s))
        AND {among}
    ORDER BY age
) answer
JOIN guides_guide g ON g.live_edition_id = answer.id
WHERE {listed}
ORDER BY answer.age LIMIT %(most)s
"""
# The number stands there as in the index published_edition_words: a parameter would be
# of another type, and PostgreSQL would not know the index again.
NEWEST_SHELVES = f"""
ARRAY[id / {SHELF}] && (
    SELECT ARRAY[last, last - 1, last - 2, last - 3]
    FROM (SELECT max(id) / {SHELF} AS last FROM guides_edition) shelves
)
"""  # noqa: S608  (the only thing put in is a number of ours)
# Of a common word the newest shelves have enough; for another one all are asked.
BEST = """
WITH recent AS MATERIALIZED ({recent}),
found AS MATERIALIZED (
    SELECT id FROM recent WHERE (SELECT count(*) FROM recent) = %(most)s
    UNION ALL ({all})
)
SELECT e.guide_id FROM found JOIN guides_edition e USING (id)
ORDER BY ts_rank(e.search, websearch_to_tsquery('english', %(words)s), 1) DESC,
    e.guide_id
"""
FIND_AMONG_NEWEST = BEST.format(
    recent=NEWEST.format(among=NEWEST_SHELVES, listed=LISTED),
    all=NEWEST.format(among="(SELECT count(*) FROM recent) < %(most)s", listed=LISTED),
)
# An index that knows the rank of what it finds hands out the best of all.
RANKED = """
SELECT answer.guide_id FROM (
    SELECT e.guide_id, e.search
    FROM guides_edition e JOIN guides_guide g ON g.live_edition_id = e.id
    WHERE e.state = 'published'
        AND e.search @@ websearch_to_tsquery('english', %(words)s)
        AND {listed}
    ORDER BY e.search <=> websearch_to_tsquery('english', %(words)s)
    LIMIT %(most)s
) answer
ORDER BY ts_rank(answer.search, websearch_to_tsquery('english', %(words)s), 1) DESC,
    answer.guide_id
"""
FIND_BY_RANK = RANKED.format(listed=LISTED)


def query_for(words: str) -> SearchQuery:
    """PostgreSQL's reading of what was typed: "a phrase", or, -without."""
    return SearchQuery(words, search_type="websearch", config="english")


def find(words: str, *, kind: str = "", stage: str = "", topic: str = "") -> list[int]:
    """The numbers of live guides whose text answers the words, best first.

    Of more than MOST the newest are taken, for to rank a guide its whole text is read;
    with SEARCH_RUM the best.
    """
    given = {"words": words, "kind": kind, "stage": stage, "topic": topic, "most": MOST}
    with connection.cursor() as cursor:
        sql = FIND_BY_RANK if settings.SEARCH_RUM else FIND_AMONG_NEWEST
        cursor.execute(sql, given)
        return [guide for (guide,) in cursor.fetchall()]


def with_extracts(guides: QuerySet, words: str, sign: str) -> QuerySet:
    """Adds `extract`, the sentences around the words found. Costly: page rows only.

    sign: what `sign_of` says of the words.
    """
    text = "live_edition__body_text"
    place = StrIndex(Lower(text), Value(sign))
    return guides.annotate(
        extract=SearchHeadline(
            Substr(text, Greatest(place - LEAD, 1), PASSAGE),
            query_for(words),
            config="english",
            start_sel=MARK_START,
            stop_sel=MARK_END,
            max_words=34,
            min_words=18,
            max_fragments=2,
            fragment_delimiter=" … ",
        )
    )


def sign_of(words: str) -> str:
    """By which letters to find the place in a text that a search is about: the words
    in quotes, or the longest word without its end, which may differ in the text."""
    words = re.sub(r"(?<!\S)-\S+", "", words.lower())
    if quoted := re.search(r'"([^"]+)"', words):
        return quoted[1].strip()
    longest = max(unmarked_words(words), key=len, default="")
    return longest[: max(4, len(longest) - 3)]


def marked(extract: str) -> SafeString:
    """An extract as safe HTML, with the words found in <mark>."""
    lines = escape(extract.strip().replace("\n", " · "))
    html = MARKED.sub(r"<mark>\1</mark>", lines)
    return mark_safe(html.replace(MARK_START, "").replace(MARK_END, ""))  # noqa: S308


def unmarked_words(words: str) -> list[str]:
    """The single words of a search, without the signs of web-search syntax."""
    return re.findall(r"[^\W_]+", words.lower())
