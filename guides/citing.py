"""Finds what a writer may cite."""

from dataclasses import dataclass

from django.db.models.functions import Length

from landscape.models import Organisation, Policy, Term

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
    policies = Policy.objects.named(words).order_by(Length("title"), "title")
    bodies = Organisation.objects.named(words).order_by(Length("name"), "name")
    terms = Term.objects.named(words).order_by(Length("short"), "short", "slug")
    return [
        *(_citable("policy", r, r.get_status_display()) for r in policies[:SHOWN]),
        *(_citable("org", row, row.get_status_display()) for row in bodies[:SHOWN]),
        *(_citable("term", row, "Term") for row in terms[:SHOWN]),
    ]


def _citable(kind: str, row: Policy | Organisation | Term, about: str) -> Citable:
    return Citable(str(row), about, f"[[{kind}:{row.slug}]]")
