"""What a guide says of the law, of money and of people. Pure.

Each rule yields the passage, the place in it, the words and what to do.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import unquote, urlsplit

from guides.citations import unknown
from guides.passages import Finding, Passage
from guides.wording import ROLES

MONTH = "January|February|March|April|May|June|July|August|September|October|November"
DATE = rf"\d{{1,2}} (?:{MONTH}|December) \d{{4}}"
CLAIM = re.compile(
    r"\b(?:must|legally|illegal|unlawful|by law|the law says|offence)\b"
    r"|\b(?:[A-Z][\w’]+ (?:(?:of|and|for) )?){1,6}Act\b(?: \d{4})?"
    r"|\bRegulations\b(?: \d{4})?"
    r"|\b\d[\d.,]{0,12}(?: per cent\b| percent\b|%)"
    r"|£ ?\d[\d.,]{0,12}(?: ?(?:m|bn|million|billion)\b)?"
    rf"|\b(?:from|since|until|before|by|after) {DATE}"
    rf"|\b(?:in force|take[sn]? effect|started|changed) (?:on|from) {DATE}"
)
ASKED = re.compile(r"\b(?:what|when|where|whether|which|who|whom|why|how)\b[^.!?]*$")
EMAIL = re.compile(r"(?<![\w.+-])([\w.+-]{1,64})@([\w-]{1,63}(?:\.[\w-]{1,63}){1,5})")
# Beginning with 01, 02 or 07: numbers from 03 and 08 belong to organisations (Ofcom).
PHONE = re.compile(r"(?<![\w+])(?:\+44[ -]?(?:\(0\))?|0)[127](?:[ -]?\d){8,9}(?![\w-])")
ANY_PHONE = re.compile(
    r"(?<![\w+])(?:\+44[ -]?(?:\(0\))?|0)[12378](?:[ -]?\d){8,9}(?!\w)"
)
# HMRC: two letters (never D, F, I, Q, U, V, nor O second), six figures, A to D.
INSURANCE = re.compile(
    r"(?<!\w)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D](?!\w)"
)
NAME = re.compile(r"\b([A-Z][a-z’-]+ [A-Z][a-z’-]+)(?: on| at)?\W{0,3}$")
BODIES = re.compile(
    r"Agency|Authority|Board|Cabinet|Centre|College|Commission|Court|Executive|Group"
    r"|Home|Institute|Ministry|Police|Revenue|Treasury|Trust|University"
)
# Kept for examples: RFC 2606 and Ofcom's numbers for drama.
SAMPLE = re.compile(r"(?:^|\.)(?:example|test|invalid)(?:$|\.)|^example\.\w+$")
DRAMA = re.compile(r"7946 ?0|7700 ?900|1632 ?960")


def without_source(passages: list[Passage]) -> Iterator[Finding]:
    """Rules, laws, figures and dates that nobody can check."""
    for passage, after in pairwise([*passages, None]):
        if passage.kind not in {"paragraph", "cell"} or passage.has_source:
            continue
        is_lead_in = passage.words.rstrip().endswith(":")
        if is_lead_in and after and after.has_source:
            continue
        found = CLAIM.finditer(passage.own)
        if claim := next((c for c in found if not _is_asked(passage, c)), None):
            yield (
                passage,
                claim.start(),
                claim[0],
                f"Link to the source of what you say about “{claim[0]}”, "
                "or add a footnote.",
            )


def of_people(passages: list[Passage]) -> Iterator[Finding]:
    """Addresses and numbers that belong to a person."""
    for passage in passages:
        for place, said, what in sorted(_personal(passage)):
            yield (
                passage,
                place,
                said,
                f"Take out {what}. Name a role or a team's mailbox instead.",
            )


def cited_in_vain(passages: list[Passage]) -> Iterator[Finding]:
    """Citations that name nothing in the registers."""
    told = set()
    for passage in passages:
        for cites, row, place in passage.cited:
            if not row.name and cites.key not in told:
                told.add(cites.key)
                yield passage, place, cites.typed, unknown(cites, row)


def cited_though_ended(passages: list[Passage]) -> Iterator[Finding]:
    """Policies that hold no more, or not much longer."""
    told = set()
    for passage in passages:
        for cites, row, place in passage.cited:
            if row.trouble and cites.key not in told:
                told.add(cites.key)
                what = f"{row.trouble} Cite what holds, or say that it did."
                yield passage, place, row.name, what


def _is_asked(passage: Passage, claim: re.Match) -> bool:
    """“Ask which courses you must finish” states no rule."""
    before = passage.words[max(0, claim.start() - 60) : claim.start()]
    return claim[0] == "must" and bool(ASKED.search(before))


def _personal(passage: Passage) -> Iterator[tuple[int, str, str]]:
    words = passage.words
    for found in INSURANCE.finditer(words):
        yield found.start(), found[0], "the National Insurance number"
    for found in EMAIL.finditer(words):
        if _is_personal(found):
            yield found.start(), found[0], "the person's email address"
        elif name := _name_before(words, found.start()):
            yield found.start(), name, "the person's name"
    for found in ANY_PHONE.finditer(words):
        if PHONE.match(found[0]) and not DRAMA.search(found[0]):
            yield found.start(), found[0], "the phone number, if it is a person's"
        elif name := _name_before(words, found.start()):
            yield found.start(), name, "the person's name"
    for link in passage.links:
        address = unquote(urlsplit(link.address).path)
        found = EMAIL.fullmatch(address) if link.address[:7] == "mailto:" else None
        if found and address not in words and _is_personal(found):
            yield link.start, address, "the person's email address"


def _is_personal(email: re.Match) -> bool:
    return not SAMPLE.search(email[2].lower()) and not ROLES.search(email[1])


def _name_before(words: str, place: int) -> str:
    """The name of a person that stands directly before a place, or ""."""
    found = NAME.search(words[max(0, place - 60) : place])
    is_body = found and (ROLES.search(found[1]) or BODIES.search(found[1]))
    return found[1] if found and not is_body else ""
