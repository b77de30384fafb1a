"""Acronyms that guides share, and those that nobody has explained yet. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from guides.reading import ACRONYM, LONGEST_ACRONYM
from guides.wording import KNOWN

SHARED = 2  # guides that use one, for it to be worth a place in the glossary


@dataclass(frozen=True)
class Coverage:
    """The acronyms that stand in two guides or more, with how many use each."""

    defined: dict[str, int]
    unknown: dict[str, int]

    @property
    def share(self) -> float:
        """How many of a hundred are in the glossary."""
        every = len(self.defined) + len(self.unknown)
        return 100 * len(self.defined) / every if every else 100.0


def acronyms_in(text: str) -> set[str]:
    """The acronyms of a plain text that newcomers may not know."""
    lines = (line for line in text.split("\n") if not _is_shouted(line))
    found = {said for line in lines for said in ACRONYM.findall(line)}
    return {said for said in found - KNOWN if len(said) <= LONGEST_ACRONYM}


def coverage(texts: Iterable[str], defined: Collection[str]) -> Coverage:
    """How much of what the texts share is among the forms that are defined; what most
    texts use comes first."""
    used = Counter(said for text in texts for said in acronyms_in(text))
    ranked = sorted(used.items(), key=lambda each: (-each[1], each[0]))
    shared = {said: number for said, number in ranked if number >= SHARED}
    known = {said: number for said, number in shared.items() if said in defined}
    unknown = {said: number for said, number in shared.items() if said not in defined}
    return Coverage(known, unknown)


def _is_shouted(line: str) -> bool:
    return line.isupper() and " " in line
