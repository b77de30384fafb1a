"""Finding guides by words: ranking, extracts and typing slips."""

import re

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank
from django.db.models import F, QuerySet
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

# Private-use letters: no keyboard has them, and escaping leaves them alone.
MARK_START, MARK_END = "\ue000", "\ue001"
MARKED = re.compile(f"{MARK_START}([^{MARK_START}{MARK_END}]*){MARK_END}")


def query_for(words: str) -> SearchQuery:
    """PostgreSQL's reading of what was typed: "a phrase", or, -without."""
    return SearchQuery(words, search_type="websearch", config="english")


def candidates(guides: QuerySet, words: str) -> QuerySet:
    """Those of the guides whose published text answers the words, best first."""
    query = query_for(words)
    rank = SearchRank(F("live_edition__search"), query, normalization=1)
    matching = guides.filter(
        live_edition__search=query, live_edition__state="published"
    )
    return matching.annotate(rank=rank).order_by("-rank", "pk")


def with_extracts(guides: QuerySet, words: str) -> QuerySet:
    """Adds `extract`, the sentences around the words found. Costly: page rows only."""
    return guides.annotate(
        extract=SearchHeadline(
            "live_edition__body_text",
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


def marked(extract: str) -> SafeString:
    """An extract as safe HTML, with the words found in <mark>."""
    lines = escape(extract.strip().replace("\n", " · "))
    html = MARKED.sub(r"<mark>\1</mark>", lines)
    return mark_safe(html.replace(MARK_START, "").replace(MARK_END, ""))  # noqa: S308


def unmarked_words(words: str) -> list[str]:
    """The single words of a search, without the signs of web-search syntax."""
    return re.findall(r"[^\W_]+", words.lower())
