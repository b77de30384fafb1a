"""Puts together what the home page shows, in at most eight queries."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, Subquery, prefetch_related_objects

from guides.models import Audience, Guide, Pathway, Step, Topic
from hub.models import HomeSection

NEWEST = 6
FIRST = 5
VERIFIED = 4
CHOSEN = 12
SEARCHES = 6
STEPS = 5  # of a pathway, before the rest is only counted

Kind = HomeSection.Kind
WITHOUT_CARDS = {Kind.TOPICS, Kind.PATHWAY, Kind.SEARCHES}


@dataclass(frozen=True)
class Shown:
    """What a section shows of a pathway."""

    title: str
    summary: str
    address: str
    titles: list[str]  # of its first steps
    more: int = 0  # steps beyond these


def home_page(*, also: int | None = None) -> dict[str, Any]:
    """What the template draws: the sections in order, each with its `rows`.

    also: the key of a section to show even if readers do not see it yet.
    """
    wanted = Q(is_shown=True) | Q(pk=also)
    sections = list(HomeSection.objects.filter(wanted).with_words())
    chosen = _chosen(
        [section.pk for section in sections if section.kind == Kind.CHOSEN]
    )
    for section in sections:
        section.rows = _rows(section, chosen)
    lists = [section for section in sections if section.kind not in WITHOUT_CARDS]
    prefetch_related_objects([guide for one in lists for guide in one.rows], "topics")
    kinds = {section.kind: section for section in sections}
    newest, verified = kinds.get(Kind.NEWEST), kinds.get(Kind.VERIFIED)
    if newest:
        newest.rows = _without(verified.rows if verified else [], newest.rows)
    # A site without guides says so; every other section waits until it has something.
    is_new = not any(section.rows for section in lists)
    sections = [one for one in sections if one.rows or (is_new and one == newest)]
    kinds = {section.kind: section for section in sections}
    looked_up = kinds.get(Kind.SEARCHES)
    # A pathway says what comes first.
    hidden = {Kind.SEARCHES} | ({Kind.FIRST} if Kind.PATHWAY in kinds else set())
    sections = [section for section in sections if section.kind not in hidden]
    has_list_on_top = sections and sections[0].is_reading_list
    beside = sections.pop(0) if has_list_on_top else None
    return {"beside": beside, "sections": sections, "looked_up": looked_up}


def pathways() -> list[Shown]:
    """The first pathway for newcomers, as a list of one; none where there is none."""
    first = Pathway.objects.filter(audience=Audience.NEWCOMERS).values("pk")[:1]
    names = ["title", *(f"pathway__{name}" for name in ("slug", "title", "summary"))]
    guides = "guide", "guide__merged_into"
    for guide in guides:
        names += [f"{guide}__visibility", f"{guide}__live_edition__title"]
    related = ["pathway", *(f"{guide}__live_edition" for guide in guides)]
    steps = Step.objects.filter(pathway=Subquery(first)).select_related(*related)
    steps = [step for step in steps.only(*names) if not step.is_withdrawn]
    if not steps:
        return []
    pathway, titles = steps[0].pathway, [step.name for step in steps]
    more, address = len(steps[STEPS:]), pathway.get_absolute_url()
    return [Shown(pathway.title, pathway.summary, address, titles[:STEPS], more)]


def _without(shown: list[Guide], guides: list[Guide]) -> list[Guide]:
    """The newest guides that do not stand on the page already as still correct."""
    return [guide for guide in guides if guide not in shown][:NEWEST]


def _rows(section: HomeSection, chosen: dict[int, list[Guide]]) -> list:
    live = Guide.objects.live().for_cards()
    if section.kind == Kind.PATHWAY:
        return pathways()
    if section.kind == Kind.FIRST:
        return list(live.for_arrival()[:FIRST])
    if section.kind == Kind.VERIFIED:
        return list(live.last_verified_first()[:VERIFIED])
    if section.kind == Kind.NEWEST:
        return list(live.newest_first()[: NEWEST + VERIFIED])
    if section.kind == Kind.TOPICS:
        return list(Topic.objects.with_guides())
    if section.kind == Kind.SEARCHES:
        return section.words[:SEARCHES]
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
