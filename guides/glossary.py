"""All terms, ready to be found in any text. Pure.

A text is read once, word by word, along a tree of all the forms of all terms. So it
takes as long with two thousand terms as with two.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

# Accents and joiners are parts of words too, and addresses are no words.
JOINS = r"\w\u00ad\u0300-\u036f\u200c\u200d@/\\&-"
WORD = re.compile(rf"(?<![#{JOINS}])(?<!\w[.'’])\w+")
ENDS = re.compile(rf"(?![{JOINS}]|\.\w|['’](?!s\b)\w)")
TOKEN = re.compile(r"\w+|\s+|.", re.DOTALL)
ALIKE = {"’": "'", "‑": "-"}
MEANT = ""  # the key of what the forms that end here mean: no token is empty
# How far off a place is that is not around the guide's own.
ANYWHERE, WITHIN = 50, 99


@dataclass(frozen=True)
class Place:
    """A place whose rules apply, and the slug of the wider one around it."""

    name: str
    around: str | None = None


@dataclass(frozen=True)
class Meaning:
    """A term: one meaning of its forms, in some places or in all."""

    slug: str
    short: str
    long: str
    meaning: str
    forms: frozenset[str]
    is_acronym: bool = False
    places: frozenset[str] = frozenset()
    is_explained: bool = True
    is_old: bool = False
    now: str = ""  # what is said instead
    doubt: str = ""  # what is not verified about it

    def is_exact(self, form: str) -> bool:
        """Whether a form is written in just these letters. Of any other one the first
        letter may be small or large."""
        is_short = self.is_acronym and form == self.short
        return is_short or form[1:] != form[1:].lower()

    def is_one_of(self, names: Collection[str]) -> bool:
        """Whether its slug or a form of it is among these, which have small letters."""
        return self.slug in names or any(form.lower() in names for form in self.forms)


# From where to where a form stands, and all that it may mean.
Found = tuple[int, int, tuple[Meaning, ...]]


class Glossary:
    """The terms of one moment."""

    def __init__(
        self,
        meanings: Iterable[Meaning] = (),
        places: Mapping[str, Place] | None = None,
        version: int = 0,
    ) -> None:
        self.by_slug = {meaning.slug: meaning for meaning in meanings}
        self.places = places or {}
        self.version = version
        self.tree: dict = {}
        for meaning in self.by_slug.values():
            for form in meaning.forms:
                for spelling in _spellings(form, is_exact=meaning.is_exact(form)):
                    self._plant(spelling, meaning)

    def find(self, text: str, start: int, end: int) -> Iterator[Found]:
        """What stands between two places of a text; of forms that overlap, the
        longest."""
        after = start
        for word in WORD.finditer(text, start, end):
            if word.start() < after or word[0] not in self.tree:
                continue
            if longest := self._longest(text, word.start(), end):
                after, meanings = longest
                yield word.start(), after, tuple(meanings)

    def distances(self, places: Collection[str]) -> dict[str, int]:
        """How near which places are to a guide about these (about all, when it names
        none): they themselves, then those around them, at last those within."""
        here = set(places) or {
            s for s, place in self.places.items() if not place.around
        }
        near: dict[str, int] = {}
        for slug in here:
            for distance, around in enumerate(self._outwards(slug)):
                near[around] = min(distance, near.get(around, distance))
        for slug in self.places:
            if here.intersection(self._outwards(slug)):
                near.setdefault(slug, WITHIN)
        return near

    def place_of(self, meaning: Meaning) -> str:
        """Where a term has this meaning, in words; "" when that is everywhere."""
        places = [self.places[slug] for slug in meaning.places if slug in self.places]
        if all(place.around is None for place in places):
            return ""
        return " and ".join(sorted(place.name for place in places))

    def _plant(self, spelling: str, meaning: Meaning) -> None:
        branch = self.tree
        for token in TOKEN.findall(spelling):
            branch = branch.setdefault(_plain(token), {})
        meanings = branch.setdefault(MEANT, [])
        if meaning not in meanings:
            meanings.append(meaning)

    def _longest(self, text: str, start: int, end: int):
        branch, longest = self.tree, None
        for token in TOKEN.finditer(text, start, end):
            branch = branch.get(_plain(token[0]))
            if branch is None:
                break
            if MEANT in branch and ENDS.match(text, token.end()):
                longest = token.end(), branch[MEANT]
        return longest

    def _outwards(self, slug: str | None) -> Iterator[str]:
        while slug in self.places:
            yield slug
            slug = self.places[slug].around


def _spellings(form: str, *, is_exact: bool) -> set[str]:
    first = {form[0]} if is_exact else {form[0].lower(), form[0].upper()}
    alike = {letter + form[1:] for letter in first}
    return alike | {f"{each}s" for each in alike if each[-1].isalnum()}


def _plain(token: str) -> str:
    return " " if token.isspace() else ALIKE.get(token, token)
