"""The filters of the guide list: what is chosen, what may be, and the counts."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.http import Http404, QueryDict

from guides.facets import Kind, Profession, Stage
from guides.models import Guide, Topic
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


# The places of one guide, as a list. Guides are counted by what they hold together, so
# that each is read once for a filter and not once for every value of it.
PLACES = Guide.jurisdictions.through.objects.filter(guide=OuterRef("pk"))
HOLD = {
    "topic": F("topics__slug"),
    "kind": F("kind"),
    "stage": F("stages"),
    "profession": F("professions"),
    "place": ArraySubquery(PLACES.order_by("jurisdiction").values("jurisdiction")),
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
        return guides

    def facets(self, guides: QuerySet) -> list[Facet]:
        """Every filter with its options and counts, in one query."""
        first, *others = (self._counted(guides, name) for name in self.NAMES)
        counts: Counter[tuple[str, str]] = Counter()
        for row in first.union(*others, all=True).order_by():
            for value in self._values(row["facet"], row["held"] or ""):
                counts[row["facet"], value] += row["guides"]
        return [self._facet(name, counts) for name in self.NAMES]

    def _facet(self, name: str, counts: Counter) -> Facet:
        options = [
            Option(name, value, label, counts[name, value], is_chosen)
            for value, label in self.labels[name].items()
            if (is_chosen := self.chosen.get(name) == value) or counts[name, value]
        ]
        return Facet(name, self.LABELS[name], options)

    def _counted(self, guides: QuerySet, name: str) -> QuerySet:
        """How many guides hold the same of a facet, as PostgreSQL writes it."""
        rows = self.apply(guides, but=name).order_by()
        facet, held = Value(name, TextField()), Cast(HOLD[name], TextField())
        rows = rows.annotate(facet=facet, held=held).values("facet", "held")
        return rows.annotate(guides=Count("*"))

    def _values(self, name: str, held: str) -> set[str]:
        """The values of a facet under which a guide that holds this is found."""
        found = set(held.strip("{}").split(",")) - {""}
        if name == "profession" and not found:
            return set(self.labels[name])
        if name == "place":
            return {
                slug
                for slug, keys in self.holding.items()
                if not found.isdisjoint(keys)
            }
        return found

    @cached_property
    def holding(self) -> dict[str, set[str]]:
        """For each place, the keys of those whose rules apply there."""
        return {
            slug: {str(key) for key in and_wider(place, self.places.values())}
            for slug, place in self.places.items()
        }

    def _condition(self, name: str, value: str) -> Q:
        if name == "topic":
            return Q(topics__slug=value)
        if name == "kind":
            return Q(kind=value)
        if name == "place":
            return Q(Exists(PLACES.filter(jurisdiction__in=self.holding[value])))
        everyone = Q(professions=[]) if name == "profession" else Q()
        return everyone | Q(**{f"{name}s__contains": [value]})
