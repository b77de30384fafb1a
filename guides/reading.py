"""How a guide reads: its headings, links, sentences, words and pictures. Pure.

Each rule yields the passage, the place in it, the words and what to do.
"""

import re
from collections.abc import Collection, Iterator

from guides.passages import Finding, Passage
from guides.wording import EMPTY_LINKS, INSTEAD, KNOWN, WORDS_TO_AVOID

LONGEST_SENTENCE = 25  # words; GOV.UK splits what is longer
LONGEST_ACRONYM = 6
# A full stop ends a sentence unless it shortens a word.
END = re.compile(
    r"(?<=[.!?])(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\betc\.)(?<!\bNo\.)(?<!\bMr\.)(?<!\bDr\.)"
    r"[”’\"')\]]{0,3}\s+(?=[^a-z\s])"
)
WORD = re.compile(r"\w\S*")
BEGINNING = re.compile(r"(?:^|[.!?:]\s)[A-Z](?=[a-z])")
ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)+/\S*")
ACRONYM = re.compile(
    r"(?<![\w./@#-])(?:[A-Z]+&[A-Z]+|[A-Z][a-z]{0,2}[A-Z]+|[A-Z]{2,})(?=s?(?![\w@/-]))"
)
MEANS = re.compile(r"s? (?:stands? for|(?:is|are) short for|means?)\b|s?: \w")
PHRASE = re.compile(r"s? ?\(([^()]{3,120})\)")


def empty_headings(passages: list[Passage]) -> Iterator[Finding]:
    """Headings without words."""
    for passage in passages:
        if passage.kind == "heading" and not passage.words.strip():
            yield passage, 0, "", "Give the heading words, or take its marks away."


def skipped_headings(passages: list[Passage]) -> Iterator[Finding]:
    """Headings that stand more than one level below the one before."""
    above = 6
    for passage in passages:
        if passage.kind == "heading":
            if passage.level > above + 1:
                marks = "#" * (above + 1)
                yield passage, 0, passage.words, f"Begin this heading with {marks}."
            above = passage.level


def vague_links(passages: list[Passage]) -> Iterator[Finding]:
    """Links whose words do not say where they lead."""
    for passage in passages:
        for link in passage.links:
            said = " ".join(link.words.split())
            if said.lower().strip(" .:→>»") in EMPTY_LINKS or not said:
                yield passage, link.start, said, "Say in the link where it leads."
            elif ADDRESS.fullmatch(said):
                what = "Put words in place of the address: [words](address)."
                yield passage, link.start, said, what


def links_of_one_name(passages: list[Passage]) -> Iterator[Finding]:
    """Links with the same words that lead to different places."""
    leads: dict[str, str] = {}
    for passage in passages:
        for link in passage.links:
            said = " ".join(link.words.lower().split())
            address = link.address.rstrip("/")
            if said in EMPTY_LINKS or not said:
                continue
            if leads.setdefault(said, address) != address:
                what = "Give each of the two links words of its own."
                yield passage, link.start, link.words, what


def long_sentences(passages: list[Passage]) -> Iterator[Finding]:
    """Sentences that are hard to take in at once."""
    for passage in passages:
        if passage.kind not in {"paragraph", "cell"}:
            continue
        start = 0
        for end in [
            *(m.end() for m in END.finditer(passage.words)),
            len(passage.words),
        ]:
            sentence = passage.words[start:end]
            count = len(WORD.findall(sentence))
            if count > LONGEST_SENTENCE:
                what = f"Split this sentence: it has {count} words."
                yield passage, start, _beginning(sentence), what
            start = end


def words_to_avoid(passages: list[Passage]) -> Iterator[Finding]:
    """Words that sound grand and say little, or make newcomers feel slow."""
    for passage in passages:
        words = BEGINNING.sub(lambda found: found[0].lower(), passage.own)
        for found in WORDS_TO_AVOID.finditer(words):
            said = passage.words[found.start() : found.end()].strip()
            instead = INSTEAD[found.lastindex - 1]
            yield passage, found.start(), said, f"Instead of “{said}”, write {instead}."


def acronyms(
    passages: list[Passage], explained: Collection[str] = ()
) -> Iterator[Finding]:
    """Acronyms that are explained neither where they stand first nor by the page."""
    seen = {*KNOWN, *explained}
    for passage in passages:
        is_shouted = passage.words.isupper() and " " in passage.words
        if passage.kind in {"heading", "title"} or is_shouted:
            continue
        for found in ACRONYM.finditer(passage.spoken):
            said = found[0]
            if said in seen or len(said) > LONGEST_ACRONYM:
                continue
            seen.add(said)
            if not _is_explained(passage, found):
                what = f"Say what “{said}” stands for, here where it comes first."
                yield passage, found.start(), said, what


def bare_pictures(passages: list[Passage]) -> Iterator[Finding]:
    """Pictures without a description."""
    for passage in passages:
        for description, place in passage.pictures:
            if not description.strip():
                what = (
                    "Describe the picture between the square brackets: ![description]."
                )
                yield passage, place, "", what


def _is_explained(passage: Passage, found: re.Match) -> bool:
    words, said = passage.words, found[0]
    if passage.kind in {"term", "head"} or words.strip() == said:
        return True  # a list or table of meanings
    before = words[max(0, found.start() - 40) : found.start()]
    if re.search(r"\w\W{0,3}\([“‘\"']?$", before):
        return True
    after = PHRASE.match(words, found.end())
    initials = {word[0].lower() for word in WORD.findall(after[1])} if after else set()
    # "(see below)" explains nothing: two letters at least begin words of it.
    is_phrase = len(initials & set(said.lower())) > 1
    return is_phrase or bool(MEANS.match(words, found.end()))


def _beginning(sentence: str) -> str:
    words = sentence.split()
    return " ".join(words[:8]) + ("…" if len(words) > 8 else "")
