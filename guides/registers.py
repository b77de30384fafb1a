"""The rows of landscape's registers that guides cite, with what became of them."""

from collections.abc import Mapping
from operator import attrgetter
from typing import NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Case, OuterRef, QuerySet, Value, When
from django.db.models.functions import JSONObject

from guides.changes import change_in_policy, when
from guides.citations import Register, Row, keys_in
from guides.markdown import render_guide
from landscape.models import (
    FormerName,
    Organisation,
    Policy,
    PolicyRelation,
    Succession,
    Term,
)
from landscape.models.dates import in_words
from landscape.wording import and_

MODELS = {"policy": Policy, "org": Organisation, "term": Term}
FIELDS = {"policy": "policy", "org": "organisation", "term": "term"}
AT_WORK = Organisation.Status.ACTIVE
NEAREST = 20  # of the names that stand for nothing, how many are looked for
ALIKE = 0.3  # of their letter triples: PostgreSQL's own idea of alike


def look_up(
    body: str, shown: Mapping[tuple[str, int], str] | None = None, *, guesses=False
) -> Register:
    """The rows that a text cites, by kind and slug; one query for each kind.

    shown: the name that the text shows already, by kind and key of the row. guesses:
    whether to find what is nearest to names that stand for nothing, in one query more
    for each kind.
    """
    slugs: dict[str, set[str]] = {}
    for kind, slug in keys_in(body) if "[[" in body else ():
        slugs.setdefault(kind, set()).add(slug)
    found = {}
    for kind, wanted in slugs.items():
        rows = {row.slug: row for row in _rows(kind).filter(slug__in=wanted)}
        found |= _named(kind, rows, shown or {})
        if guesses:
            found |= _guessed(kind, sorted(wanted - rows.keys())[:NEAREST])
    return found


def names_without_row(body: str) -> str:
    """What a text would cite and cannot, as its author typed it: "policy:a, org:b"."""
    register = look_up(body)
    cited = render_guide(body, register).cited if "[[" in body else ()
    names = [cites.typed for cites in cited if cites.key not in register]
    return ", ".join(dict.fromkeys(names))


def replaced_by(policy: str) -> ArraySubquery:
    """What replaces a policy: name, slug, its own status, since when, for what, and for
    what the policy itself still holds. policy: its key."""
    rows = PolicyRelation.objects.filter(other=OuterRef(policy), kind="replaces")
    about = JSONObject(
        name="policy__title",
        slug="policy__slug",
        status="policy__status",
        on="since",
        scope="scope",
        still="still_for",
    )
    return ArraySubquery(rows.order_by("since", "pk").values(about=about))


def taken_over_by(organisation: str) -> ArraySubquery:
    """What took the place of a body: name, slug, its own status, and when.
    organisation: its key."""
    rows = Succession.objects.filter(old=OuterRef(organisation))
    rows = rows.whole().order_by("on", "pk")
    about = JSONObject(
        name="new__name", slug="new__slug", status="new__status", on="on"
    )
    return ArraySubquery(rows.values(about=about))


def what_became_of(
    bodies: Mapping[int, Organisation], shown: Mapping[int, str]
) -> dict[int, str]:
    """In words, "now …, since …", for each body that is not what it was called; of
    one whose work nobody has, "later …, closed …".
    bodies: by key. shown: the names by which a text calls some of them, by key."""
    ended = [key for key in shown if bodies[key].status != AT_WORK]
    became = dict(_heirs(ended)) if ended else {}
    renamed = [key for key, name in shown.items() if name != bodies[key].name]
    since = _named_since(renamed, shown) if renamed else {}
    return {
        key: words
        for key in shown
        if (words := _became(bodies[key], became.get(key, []), since.get(key)))
    }


def before(organisation: Organisation) -> set[int]:
    """The keys of a body and of all whose place it took, directly or in steps."""
    found = new = {organisation.pk}
    whole = Succession.objects.whole()
    while new:
        new = set(whole.filter(new__in=new).values_list("old", flat=True)) - found
        found |= new
    return found


def _rows(kind: str) -> QuerySet:
    rows = MODELS[kind].objects.all()
    if kind == "policy":
        rows = rows.annotate(replaced_by=replaced_by("pk"))
    return rows


def _named(kind: str, rows: dict, shown: Mapping[tuple[str, int], str]) -> dict:
    names = {row.pk: shown.get((kind, row.pk), name_of(row)) for row in rows.values()}
    bodies = {row.pk: row for row in rows.values()}
    became = what_became_of(bodies, names) if kind == "org" else {}
    return {
        (kind, slug): Row(
            row.pk, names[row.pk], became.get(row.pk, ""), _trouble(kind, row)
        )
        for slug, row in rows.items()
    }


def name_of(row: Policy | Organisation | Term) -> str:
    """What a link to it reads as."""
    if isinstance(row, Term):
        return row.long or row.short
    return str(row)


def _trouble(kind: str, row) -> str:
    change = change_in_policy(row, row.replaced_by) if kind == "policy" else None
    return f"{change}." if change else ""


class _Heir(NamedTuple):
    """Who has the work of a body, and since when; or had it last, until it closed."""

    name: str
    since: str
    is_at_work: bool
    closed: str


def _became(body: Organisation, heirs: list[_Heir], named_since: str | None) -> str:
    if here := [heir for heir in heirs if heir.is_at_work]:
        since = max(heir.since for heir in here)
        return f"now {and_(heir.name for heir in here)}, since {in_words(since)}"
    if heirs:
        closed = max(heir.closed for heir in heirs)
        return _closed(closed, and_(heir.name for heir in heirs))
    if body.status != AT_WORK:
        return _closed(body.closed, body.name if named_since else "")
    if named_since:
        return f"now {body.name}, since {in_words(named_since)}"
    return ""


def _closed(on: str, last_name: str) -> str:
    later = f"later {last_name}, " if last_name else ""
    return f"{later}closed {when(on)}".strip()


def _heirs(ended: list[int]) -> dict[int, list[_Heir]]:
    """Who has their work today, in steps if need be, and since when; or had it last."""
    steps, new = {}, set(ended)
    while new:
        for step in Succession.objects.filter(old__in=new).whole().with_heirs():
            steps.setdefault(step.old_id, []).append(step)
        new = {s.new_id for old in new for s in steps.get(old, ())} - steps.keys()

    def follow(key: int) -> list[_Heir]:
        return [
            heir
            for step in steps.get(key, ())
            for heir in follow(step.new_id) or [_heir_of(step)]
        ]

    # Where two ways lead to one body, the last step counts.
    found = {key: sorted(follow(key), key=attrgetter("since")) for key in ended}
    return {
        key: list({heir.name: heir for heir in heirs}.values())
        for key, heirs in found.items()
    }


def _heir_of(step: Succession) -> _Heir:
    is_at_work = step.new.status == AT_WORK
    return _Heir(step.new.name, step.since, is_at_work, step.new.closed)


def _named_since(keys: list[int], shown: Mapping[int, str]) -> dict[int, str]:
    """Since when bodies have the names of today: those that had the one shown."""
    rows = FormerName.objects.filter(organisation__in=keys).order_by("until")
    last = {row.organisation_id: row.until for row in rows}
    had = {
        row.organisation_id for row in rows if row.name == shown[row.organisation_id]
    }
    return {key: last[key] for key in had}


def _guessed(kind: str, slugs: list[str]) -> dict[tuple[str, str], Row]:
    """The rows whose slugs are nearest to those that there are not."""
    if not slugs:
        return {}
    first, *others = (_nearest(kind, slug) for slug in slugs)
    found = first.union(*others, all=True).order_by() if others else first
    near = {row["typed"]: row["slug"] for row in found}
    nearest = {slug: f"{kind}:{near[slug]}" for slug in slugs if slug in near}
    return {(kind, slug): Row(nearest=nearest.get(slug, "")) for slug in slugs}


def _nearest(kind: str, slug: str) -> QuerySet:
    short = "short" if kind == "term" else "abbreviation"
    is_short = When(**{f"{short}__iexact": slug}, then=1.0)
    alike = Case(is_short, default=TrigramSimilarity("slug", slug))
    rows = MODELS[kind].objects.annotate(typed=Value(slug), alike=alike)
    rows = rows.filter(alike__gte=ALIKE).order_by("-alike", "slug")
    return rows.values("typed", "slug", "alike")[:1]
