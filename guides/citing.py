"""Finds what a writer may cite."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Length

from landscape.models import FormerName, Organisation, Policy, Term

FEWEST_LETTERS = 2
SHOWN = 6  # of each register


@dataclass(frozen=True)
class Citable:
    """A row of a register, and how a text cites it."""

    name: str
    about: str
    typed: str


def find_citable(words: str) -> list[Citable]:
    """The policies, bodies and terms that words may mean, also by a former name."""
    if len(words) < FEWEST_LETTERS:
        return []
    found = [
        Citable(row.title, row.get_status_display(), f"[[policy:{row.slug}]]")
        for row in _first(Policy, "title", "abbreviation", words)
    ]
    found += [
        Citable(row.name, row.get_status_display(), f"[[org:{row.slug}]]")
        for row in _first(Organisation, "name", "abbreviation", words)
    ]
    return found + [
        Citable(str(row), "Term", f"[[term:{row.slug}]]")
        for row in _first(Term, "short", "long", words)
    ]


def _first(model, name: str, other: str, words: str) -> QuerySet:
    has = Q(**{f"{name}__icontains": words}) | Q(**{f"{other}__icontains": words})
    if model is Organisation:
        names = FormerName.objects.filter(organisation=OuterRef("pk"))
        was = Q(name__icontains=words) | Q(abbreviation__icontains=words)
        has |= Q(Exists(names.filter(was)))
    return model.objects.filter(has).order_by(Length(name), name)[:SHOWN]
