"""Puts together what the home page shows, in at most six queries."""

from collections import defaultdict
from typing import Any

from django.db.models import F, Q, prefetch_related_objects

from guides.models import Guide, Topic
from hub.models import HomeSection

NEWEST = 6
FIRST = 5
CHOSEN = 12


def home_page(*, also: int | None = None) -> dict[str, Any]:
    """What the template draws: the sections in order, each with its `rows`.

    also: the key of a section to show even if readers do not see it yet.
    """
    wanted = Q(is_shown=True) | Q(pk=also)
    sections = list(HomeSection.objects.filter(wanted))
    chosen = _chosen([section.pk for section in sections if _is_chosen(section)])
    for section in sections:
        section.rows = _rows(section, chosen)
    lists = [section for section in sections if section.kind != "topics"]
    prefetch_related_objects([guide for one in lists for guide in one.rows], "topics")
    # A site without guides says so; every other section waits until it has something.
    sections = [one for one in sections if one.rows or one.kind == "newest"]
    has_list_on_top = sections and sections[0].is_reading_list
    beside = sections.pop(0) if has_list_on_top else None
    return {"beside": beside, "sections": sections}


def _is_chosen(section: HomeSection) -> bool:
    return section.kind == HomeSection.Kind.CHOSEN


def _rows(section: HomeSection, chosen: dict[int, list[Guide]]) -> list:
    live = Guide.objects.live().for_cards()
    if section.kind == HomeSection.Kind.FIRST:
        return list(live.for_arrival()[:FIRST])
    if section.kind == HomeSection.Kind.NEWEST:
        return list(live.newest_first()[:NEWEST])
    if section.kind == HomeSection.Kind.TOPICS:
        return list(Topic.objects.with_guides())
    return chosen[section.pk][:CHOSEN]


def _chosen(sections: list[int]) -> dict[int, list[Guide]]:
    """The live guides of each of these sections, in the curators' order."""
    found = defaultdict(list)
    if sections:
        live = (
            Guide.objects.live().for_cards().filter(home_places__section__in=sections)
        )
        rows = live.annotate(section=F("home_places__section"))
        for guide in rows.order_by("home_places__order", "home_places__pk"):
            found[guide.section].append(guide)
    return found
