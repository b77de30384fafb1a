"""Whether the text of a guide reads well and says where it comes from. Pure.

The limits are those of docs/style.md and of the page on which guides are written; here
they hold, where there they are advice. Readability is Flesch's reading ease, from
R. Flesch, "A new readability yardstick", Journal of Applied Psychology 32 (1948),
221-233: 206.835 - 1.015 x words a sentence - 84.6 x syllables a word. Syllables are
counted by groups of vowels, which is right for about nine English words of ten.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from guides import claims, reading
from guides.advice import LONGEST_SUMMARY, LONGEST_TITLE
from guides.links import OUTSIDE
from guides.manuscripts import Known, Manuscript
from guides.markdown import faults_in
from guides.passages import Finding, Passage, passages_of

PROSE = {"paragraph", "cell"}
VOWELS = re.compile(r"[aeiouy]+")
# An e that ends a word is silent, but not in "table"; nor is "-ed" in "wanted".
SILENT = re.compile(r"(?<=[^aeiouyl])e$|(?<=[^aeiouytd])ed$|(?<=[^aeiouycgsxz])es$")
LETTERS = re.compile(r"[a-z]+")


@dataclass(frozen=True)
class Problem:
    """What is to be mended, on which line of the file."""

    line: int
    message: str


def problems_in(manuscript: Manuscript, known: Known) -> list[Problem]:
    """What keeps a guide from being handed over, in the order of its lines."""
    passages = passages_of(manuscript.body, known.register)
    found = [
        *_of_field(manuscript, "title", LONGEST_TITLE),
        *_of_field(manuscript, "summary", LONGEST_SUMMARY),
    ]
    for finding in (
        *reading.long_sentences(passages),
        *_acronyms(passages, known),
        *claims.cited_in_vain(passages),
        *_without_source(passages),
    ):
        found.append(_told(finding, manuscript))
    found += [
        Problem(fault.line + manuscript.above, f"“{fault.title}”: {fault.message}")
        for fault in faults_in(manuscript.body, known.register)
    ]
    return sorted(found, key=lambda problem: problem.line)


def words_to_avoid(manuscript: Manuscript, known: Known) -> list[Problem]:
    """Words that a plainer one would do for; a writer may have a reason."""
    passages = passages_of(manuscript.body, known.register)
    found = reading.words_to_avoid(passages)
    return [_told(finding, manuscript) for finding in found]


def reading_ease(manuscript: Manuscript, known: Known) -> float | None:
    """How easily its prose is read: 60 to 70 is plain English, more is easier. None
    for a text without words."""
    passages = passages_of(manuscript.body, known.register)
    spoken = [passage.words for passage in passages if passage.kind in PROSE]
    sentences = [each for said in spoken for each in reading.END.split(said)]
    counted = [LETTERS.findall(each.lower().replace("’", "")) for each in sentences]
    counted = [words for words in counted if words]
    words = [word for sentence in counted for word in sentence]
    if not words:
        return None
    syllables = sum(map(_syllables, words))
    return 206.835 - 1.015 * len(words) / len(counted) - 84.6 * syllables / len(words)


def _of_field(manuscript: Manuscript, name: str, longest: int) -> Iterator[Problem]:
    said = " ".join(str(manuscript.fields.get(name) or "").split())
    line = manuscript.lines.get(name, 1)
    if not said:
        yield Problem(line, f"There is no {name}.")
    elif len(said) > longest:
        what = f"Shorten the {name} to {longest} letters: it has {len(said)}."
        yield Problem(line, what)


def _told(finding: Finding, manuscript: Manuscript) -> Problem:
    passage, place, quote, message = finding
    line = passage.line_of(place) + manuscript.above
    is_named = not quote or quote in message
    return Problem(line, message if is_named else f"{message} “{quote}”")


def _acronyms(passages: list[Passage], known: Known) -> Iterator[Finding]:
    for finding in reading.acronyms(passages, known.forms):
        passage, place, *_ = finding
        if not any(at <= place < end for at, end in _cited_words(passage)):
            yield finding


def _cited_words(passage: Passage) -> Iterator[tuple[int, int]]:
    """From where to where the words of a citation stand, which lead to their
    meaning."""
    starts = {at for _, row, at in passage.cited if row.name}
    for link in passage.links:
        if link.start in starts:
            yield link.start, link.start + len(link.words)


def _without_source(passages: list[Passage]) -> Iterator[Finding]:
    """Sections of which no reader can check anything: one needs a link to elsewhere, a
    policy that it cites, or a note. A body or a term that is named is no source."""
    section, is_sourced = None, True
    for passage in passages:
        if passage.kind == "heading" and passage.level <= 2:
            if not is_sourced:
                yield _unsourced(section)
            section, is_sourced = passage, passage.level < 2
        if not passage.is_note:
            is_sourced = is_sourced or _is_source(passage)
    if not is_sourced:
        yield _unsourced(section)


def _is_source(passage: Passage) -> bool:
    return (
        passage.calls_note
        or any(OUTSIDE.match(link.address) for link in passage.links)
        or any(c.kind == "policy" and row.name for c, row, _ in passage.cited)
    )


def _unsourced(section: Passage) -> Finding:
    what = "Give this section a source: link to one elsewhere, or cite a policy."
    return section, 0, section.words, what


def _syllables(word: str) -> int:
    return max(1, len(VOWELS.findall(SILENT.sub("", word))))
