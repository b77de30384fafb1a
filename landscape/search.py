"""Finds policies, bodies and terms by any of their names, all in one question."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, OuterRef, QuerySet, Value
from django.db.models.functions import JSONObject
from django.urls import reverse

from accounts.prepared import Prepared
from landscape.becoming import Heir, heirs_of
from landscape.models import Organisation, Policy, PolicyRelation, Term
from landscape.models.checked import DOUBT
from landscape.models.named import parts_of
from landscape.wording import in_part

REGISTERS = [
    ("term", "glossary", "Terms"),
    ("organisation", "organisations", "Organisations"),
    ("policy", "policies", "Policies"),
]
MOST = 3  # of each kind; the page of the register has the others


@dataclass
class Hit:
    """A row that was found: what it is called, and what else the page says of it."""

    kind: str
    key: int
    slug: str
    name: str
    short: str
    more: dict[str, Any]
    heirs: list[Heir] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Its page."""
        return reverse(f"landscape:{self.kind}", args=[self.slug])

    @property
    def limits(self) -> str:
        """What a policy that was replaced holds no more for, and what it does."""
        steps = ((heir["scope"], heir["still"]) for heir in self.more.get("heirs", ()))
        return in_part(steps) if self.more.get("status") in Policy.ENDED else ""


@dataclass
class Found:
    """The nearest rows of each register, and whether it has more of them."""

    hits: dict[str, list[Hit]]

    def __bool__(self) -> bool:
        return any(self.hits.values())

    @property
    def groups(self) -> list[dict[str, Any]]:
        """The registers that have something, as the page shows them."""
        return [
            {
                "kind": kind,
                "label": label,
                "address": reverse(f"landscape:{register}"),
                "hits": self.hits[kind][:MOST],
                "has_more": len(self.hits[kind]) > MOST,
            }
            for kind, register, label in REGISTERS
            if self.hits[kind]
        ]


def find(words: str) -> Found:
    """What the registers have under a name; nothing for no words."""
    found: dict[str, list[Hit]] = {"policy": [], "organisation": [], "term": []}
    if not words:
        return Found(found)
    parts = parts_of(words)
    for row in _rows_named(len(parts))(words, *parts):
        hit = Hit(*row)
        found[hit.kind].append(hit)
    _add_heirs(found["organisation"])
    return Found(found)


@lru_cache(maxsize=8)
def _rows_named(parts: int) -> Prepared:
    """The nearest rows of all registers, for words of so many parts."""

    def build(words: str, *parts: str) -> QuerySet:
        first, *others = (
            of(words, parts) for of in (_policies, _organisations, _terms)
        )
        return first.union(*others, all=True).order_by()

    return Prepared(build, str, *[str] * parts)


def _add_heirs(hits: list[Hit]) -> None:
    bodies = [Organisation(pk=hit.key, status=hit.more["status"]) for hit in hits]
    heirs = heirs_of(bodies)
    for hit in hits:
        hit.heirs = heirs.get(hit.key, [])


def _policies(words: str, parts: Sequence[str]) -> QuerySet:
    replaced = PolicyRelation.objects.filter(other=OuterRef("pk"), kind="replaces")
    heir = JSONObject(
        name="policy__title",
        slug="policy__slug",
        status="policy__status",
        on="since",
        scope="scope",
        still="still_for",
    )
    more = JSONObject(
        words="summary",
        status="status",
        ended="ended",
        heirs=ArraySubquery(replaced.order_by("since", "pk").values(heir=heir)),
        doubt=DOUBT,
    )
    rows = Policy.objects.named(words, parts).nearest_first(words, "title")
    return _as_hits(rows, "policy", "title", "abbreviation", more)


def _organisations(words: str, parts: Sequence[str]) -> QuerySet:
    more = JSONObject(
        words="purpose",
        status="status",
        closed="closed",
        called="called",
        doubt=DOUBT,
    )
    rows = Organisation.objects.named(words, parts).nearest_first(words, "name")
    rows = rows.with_former_names(words, parts)
    return _as_hits(rows, "organisation", "name", "abbreviation", more)


def _terms(words: str, parts: Sequence[str]) -> QuerySet:
    more = JSONObject(words="meaning", until="until", places="places", doubt=DOUBT)
    rows = Term.objects.named(words, parts).nearest_first(words, "short").with_places()
    return _as_hits(rows, "term", "short", "long", more)


def _as_hits(rows: QuerySet, kind: str, name: str, short: str, more) -> QuerySet:
    what = Value(kind, output_field=CharField())
    rows = rows.annotate(register=what, more=more)
    return rows.values_list("register", "pk", "slug", name, short, "more")[: MOST + 1]
