"""The filters of the guide list: what is chosen, what may be, and the counts."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import (
    CharField,
    Count,
    Expression,
    ExpressionWrapper,
    F,
    Func,
    Q,
    QuerySet,
    Value,
)
from django.http import Http404, QueryDict

from guides.facets import Kind, Profession, Stage
from guides.models import Topic
from landscape.models import Jurisdiction
from landscape.models.place import and_wider


@dataclass(frozen=True)
class Option:
    """One value of a filter, with how many guides it would leave."""

    name: str
    value: str
    label: str
    count: int
    is_chosen: bool

    @property
    def change(self) -> dict[str, str | None]:
        """What following the option changes in the address: it goes on, or off."""
        return {self.name: None if self.is_chosen else self.value, "page": None}


@dataclass(frozen=True)
class Facet:
    """One filter, as the page shows it."""

    name: str
    label: str
    options: list[Option]

    @property
    def chosen(self) -> Option | None:
        """The option that is on, if one is."""
        return next((option for option in self.options if option.is_chosen), None)


VALUES = {
    "topic": F("topics__slug"),
    "kind": F("kind"),
    "stage": Func("stages", function="unnest", output_field=CharField()),
    "profession": Func("professions", function="unnest", output_field=CharField()),
}


class Filters:
    """What the address of a guide list asks for.

    Raises Http404 for a value that no list can have.
    """

    NAMES = ("topic", "kind", "stage", "profession", "place")
    LABELS = {
        "topic": "Topic",
        "kind": "Kind",
        "stage": "When you need it",
        "profession": "Your profession",
        "place": "Place",
    }

    def __init__(self, query: QueryDict, topics: QuerySet | None = None) -> None:
        self.places = {place.slug: place for place in Jurisdiction.objects.all()}
        topics = Topic.objects.listed() if topics is None else topics
        self.topics = dict(topics.values_list("slug", "title"))
        self.labels = {
            "topic": self.topics,
            "kind": dict(Kind.choices),
            "stage": dict(Stage.choices),
            "profession": dict(Profession.choices),
            "place": {slug: place.name for slug, place in self.places.items()},
        }
        self.chosen = {name: query[name] for name in self.NAMES if query.get(name)}
        for name, value in self.chosen.items():
            if value not in self.labels[name]:
                raise Http404(f"There is no {self.LABELS[name].lower()} “{value}”.")

    def apply(self, guides: QuerySet, *, but: str = "") -> QuerySet:
        """The guides that pass every chosen filter, but for one of them."""
        for name, value in self.chosen.items():
            if name != but:
                guides = guides.filter(self._condition(name, value))
        return guides.distinct() if "place" in self.chosen else guides

    def facets(self, guides: QuerySet) -> list[Facet]:
        """Every filter with its options and counts, in one query."""
        first, *others = (
            part for name in self.NAMES for part in self._parts(guides, name)
        )
        counts: Counter[tuple[str, str]] = Counter()
        for row in first.union(*others, all=True).order_by():
            counts[row["facet"], row["value"]] += row["guides"]
        return [self._facet(name, counts) for name in self.NAMES]

    def _facet(self, name: str, counts: Counter) -> Facet:
        everyone = counts[name, ""]
        options = [
            Option(name, value, label, counts[name, value] + everyone, is_chosen)
            for value, label in self.labels[name].items()
            if (is_chosen := self.chosen.get(name) == value)
            or counts[name, value] + everyone
        ]
        return Facet(name, self.LABELS[name], options)

    def _parts(self, guides: QuerySet, name: str) -> list[QuerySet]:
        """Counts for each value of a facet, where "" stands for every value."""
        rows = self.apply(guides, but=name).order_by()
        if name == "place":
            return [
                _counted(rows.filter(self._condition(name, slug)), name, Value(slug))
                for slug in self.places
            ]
        parts = [_counted(rows, name, VALUES[name])]
        if name == "profession":
            parts.append(_counted(rows.filter(professions=[]), name, Value("")))
        return parts

    def _condition(self, name: str, value: str) -> Q:
        if name == "topic":
            return Q(topics__slug=value)
        if name == "kind":
            return Q(kind=value)
        if name == "place":
            places = and_wider(self.places[value], self.places.values())
            return Q(jurisdictions__in=places)
        everyone = Q(professions=[]) if name == "profession" else Q()
        return everyone | Q(**{f"{name}s__contains": [value]})


def _counted(guides: QuerySet, facet: str, value: Expression) -> QuerySet:
    rows = guides.annotate(
        facet=Value(facet, output_field=CharField()),
        value=ExpressionWrapper(value, output_field=CharField()),
    )
    return rows.values("facet", "value").annotate(guides=Count("pk", distinct=True))
