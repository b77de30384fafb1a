"""What would make a guide easier to read and to trust, said before it is sent in.

Advice never blocks, for a writer may have a reason; only what a “Why is it like this?”
block lacks does. Pure: knows no models and no requests.
The rules are those of the GDS style guide, the NHS content guide and WCAG 2.2.
"""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import islice

from guides import claims, reading
from guides.citations import Register
from guides.markdown import NOTHING, faults_in
from guides.passages import Finding, Passage, passages_of

LONGEST_TITLE = 65  # letters
LONGEST_SUMMARY = 160
MOST_WITHOUT_HEADINGS = 400  # words
MOST_OF_A_RULE = 3
RULES: list[tuple[str, Callable[[list[Passage]], Iterator[Finding]], str]] = [
    (
        "heading-empty",
        reading.empty_headings,
        "Readers who jump from heading to heading would land on nothing.",
    ),
    (
        "heading-order",
        reading.skipped_headings,
        "A missing level sounds like a missing part to those who hear the page.",
    ),
    (
        "link-text",
        reading.vague_links,
        "People jump from link to link, and hear each without the words around it.",
    ),
    (
        "link-twice",
        reading.links_of_one_name,
        "Links with the same words seem to lead to the same place.",
    ),
    (
        "sentence-length",
        reading.long_sentences,
        f"Sentences of more than {reading.LONGEST_SENTENCE} words are hard to take in.",
    ),
    (
        "word-to-avoid",
        reading.words_to_avoid,
        "Plain words are read faster, by experts too, and leave nobody out.",
    ),
    (
        "source",
        claims.without_source,
        "Readers rely on rules and figures, so they need to see where these come from.",
    ),
    (
        "cited-in-vain",
        claims.cited_in_vain,
        "Until it does, readers see its words without a link. Nothing is lost.",
    ),
    (
        "cited-though-ended",
        claims.cited_though_ended,
        "Readers do by it what nobody asks for any more.",
    ),
    (
        "personal-data",
        claims.of_people,
        "The page is public, people move on, and nobody should be found through it.",
    ),
    (
        "picture",
        reading.bare_pictures,
        "Without a description, those who cannot see the picture get nothing.",
    ),
]
ACRONYM_REASON = "Newcomers do not know it yet, and may not dare to ask."
FAULT_REASON = "Until it is put right, the guide cannot be handed in or published."
CAPITAL = re.compile(r"[A-Z][a-z]{3,}")
LONG = re.compile(r"[A-Za-z][a-z]{3,}")


@dataclass(frozen=True)
class Advice:
    """One thing to look at: what to do, why, the words it is about, and on which line
    of the body they stand, from 1 (None: it is about the whole)."""

    rule: str
    message: str
    reason: str
    quote: str = ""
    line: int | None = None


def advice_on(
    *,
    title: str,
    summary: str,
    body: str,
    public_benefit: str,
    explained: Collection[str] = (),
    register: Register = NOTHING,
) -> list[Advice]:
    """Advice on a guide: first on the whole of it, then in the order of the text.

    Of one rule at most three are told one by one, then how many more there are.
    explained: acronyms that the page itself explains to readers. register: the rows
    that the text may cite.
    """
    passages = passages_of(body, register)
    faults = [
        Advice("why-block", fault.message, FAULT_REASON, fault.title, fault.line)
        for fault in faults_in(body, register)
    ]
    found = [
        advice
        for rule, look, reason in RULES
        for advice in _told(rule, look(passages), reason)
    ]
    acronyms = reading.acronyms(passages, explained)
    found += _told("acronym", acronyms, ACRONYM_REASON)
    found.sort(key=lambda told: told[0])
    return [
        *_on_title(title.strip()),
        *_on_summary(summary.strip()),
        *_on_benefit(public_benefit.strip()),
        *_on_sections(passages),
        *faults,
        *(advice for _, advice in found),
    ]


def _told(
    rule: str, found: Iterator[Finding], reason: str
) -> Iterator[tuple[int, Advice]]:
    line = 0
    for passage, place, quote, message in islice(found, MOST_OF_A_RULE):
        line = passage.line_of(place)
        yield line, Advice(rule, message, reason, quote, line)
    if more := sum(1 for _ in found):
        there = "There is 1 more" if more == 1 else f"There are {more} more"
        yield line, Advice(rule, f"{there} like this further down.", reason)


def _on_title(title: str) -> Iterator[Advice]:
    if len(title) > LONGEST_TITLE:
        yield Advice(
            "title-length",
            f"Shorten the title to {LONGEST_TITLE} letters: it has {len(title)}.",
            "Lists and searches cut off what is longer.",
            title,
        )
    if title.endswith(".") and not title.endswith("..."):
        yield Advice(
            "title-stop",
            "Take the full stop off the end of the title.",
            "A title is a name, not a sentence.",
            title,
        )
    if _is_in_title_case(title):
        yield Advice(
            "title-case",
            "Write a capital letter only at the beginning of the title and in names.",
            "Small letters are easier to read.",
            title,
        )


def _is_in_title_case(title: str) -> bool:
    later = LONG.findall(title.partition(" ")[2])
    every = len(later) > 1 and all(CAPITAL.fullmatch(word) for word in later)
    is_shouted = title.isupper() and " " in title
    return every or is_shouted or title[:1].islower()


def _on_summary(summary: str) -> Iterator[Advice]:
    if len(summary) > LONGEST_SUMMARY:
        yield Advice(
            "summary-length",
            f"Shorten the summary to {LONGEST_SUMMARY} letters: it has {len(summary)}.",
            "Lists and searches cut off what is longer.",
            summary,
        )
    if reading.END.search(summary):
        yield Advice(
            "summary-sentences",
            "Say it in one sentence.",
            "People choose from a list, and read one line of each guide.",
            summary,
        )


def _on_benefit(public_benefit: str) -> Iterator[Advice]:
    if not public_benefit:
        yield Advice(
            "public-benefit",
            "Say who is better off in the end, and how.",
            "It reminds everybody that the work is done for the public.",
        )


def _on_sections(passages: list[Passage]) -> Iterator[Advice]:
    headings = sum(passage.kind == "heading" for passage in passages)
    words = sum(len(passage.words.split()) for passage in passages)
    if headings < 2 and words > MOST_WITHOUT_HEADINGS:
        yield Advice(
            "sections",
            "Part the text with headings.",
            "Most people look for one thing, and find it by its heading.",
        )
