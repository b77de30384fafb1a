"""What the address of a register asks for: words, and values to choose from."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404, QueryDict

from landscape.models import Jurisdiction, Organisation, Policy
from landscape.models.place import and_wider

LONGEST = 200
LETTERS = [*"ABCDEFGHIJKLMNOPQRSTUVWXYZ"]


def words_in(query: QueryDict) -> str:
    """The words to look for, with single blanks."""
    return " ".join(query.get("q", "").split())[:LONGEST]


def letter_in(query: QueryDict) -> str:
    """The letter that names shall begin with, "" for any.

    Raises Http404 for what is not a letter.
    """
    letter = query.get("letter", "").upper()
    if letter and letter not in LETTERS:
        raise Http404("There is no such letter in this list.")
    return letter


@dataclass(frozen=True)
class Choice:
    """One filter: its name in the address, its label, its values, and the one that is
    on."""

    name: str
    label: str
    anything: str
    options: list[tuple[str, str]]
    chosen: str


class PolicyFilters:
    """What a list of policies is narrowed to.

    Raises Http404 for a value that no list can have.
    """

    def __init__(self, query: QueryDict) -> None:
        self.words = words_in(query)
        self.places = list(Jurisdiction.objects.all())
        owners = Organisation.objects.filter(policies__isnull=False).distinct()
        kind, status, force, owner, place = (
            ("kind", "Kind", "Any kind", Policy.Kind.choices),
            ("status", "Status", "Any status", Policy.Status.choices),
            ("force", "Force", "Any force", Policy.Force.choices),
            ("owner", "Owner", "Anybody", list(owners.values_list("slug", "name"))),
            ("place", "Place", "Anywhere", [(p.slug, p.name) for p in self.places]),
        )
        self.choices = [
            Choice(*each, chosen=query.get(each[0], ""))
            for each in (kind, status, force, owner, place)
        ]
        self.chosen = {c.name: c.chosen for c in self.choices if c.chosen}
        for choice in self.choices:
            if choice.chosen and choice.chosen not in dict(choice.options):
                what = choice.label.lower()
                raise Http404(f"There is no {what} “{choice.chosen}”.")

    @property
    def is_on(self) -> bool:
        """Whether the list is narrowed at all."""
        return bool(self.chosen or self.words)

    def apply(self, policies: QuerySet) -> QuerySet:
        """The policies that pass. A place has the policies of wider places too."""
        given = dict(self.chosen)
        if slug := given.pop("place", None):
            place = next(p for p in self.places if p.slug == slug)
            holds = Policy.jurisdictions.through.objects.filter(
                jurisdiction__in=and_wider(place, self.places)
            )
            policies = policies.filter(pk__in=holds.values("policy"))
        if slug := given.pop("owner", None):
            policies = policies.filter(owner__slug=slug)
        if self.words:
            policies = policies.named(self.words).nearest_first(self.words, "title")
        return policies.filter(**given)
