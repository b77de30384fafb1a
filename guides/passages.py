"""A guide's text as passages: paragraphs, headings, list items and cells, with what
each says and where. Pure."""

import re
from dataclasses import dataclass, field

from markdown_it.token import Token

from guides.citations import NONE, Reference, Register, Row
from guides.markdown import NOTHING, read_guide

# In place of letters that are not the writer's to choose: code, links, quotations.
HELD = "\N{OBJECT REPLACEMENT CHARACTER}"
QUOTED = re.compile("“[^“”]*”")
KINDS = {
    "heading_open": "heading",
    "td_open": "cell",
    "th_open": "head",
    "dt_open": "term",
    "why_title_open": "title",
    "paragraph_open": "paragraph",
}
BREAKS = {"softbreak", "hardbreak"}


@dataclass
class Link:
    """A link: its words, where it leads, where it stands in the passage."""

    words: str
    address: str
    start: int


@dataclass
class Passage:
    """A paragraph, heading, title, cell or term. Line breaks in it are newlines."""

    kind: str
    line: int  # of the text, from 1
    level: int = 0  # of a heading
    words: str = ""
    spoken: str = ""  # the same length, with code blotted out
    own: str = ""  # and links and quotations too
    links: list[Link] = field(default_factory=list)
    pictures: list[tuple[str, int]] = field(default_factory=list)  # description, place
    cited: list[tuple[Reference, Row, int]] = field(default_factory=list)  # and place
    has_source: bool = False  # a link or footnote; of a cell, in its whole row
    is_note: bool = False
    calls_note: bool = False

    def line_of(self, place: int) -> int:
        """The line of the text on which a letter of this passage stands."""
        return self.line + self.words.count("\n", 0, place)


# A passage, the place in it that is meant, its words, and what to do about them.
Finding = tuple[Passage, int, str, str]


def passages_of(body: str, register: Register = NOTHING) -> list[Passage]:
    """All passages of a text, in the order in which they are read."""
    found: list[Passage] = []
    row: list[Passage] = []
    kind, level, line, in_notes = "paragraph", 0, 1, False
    for token in read_guide(body, register):
        if token.map:
            line = token.map[0] + 1
        if token.type in KINDS:
            kind = KINDS[token.type]
            level = int(token.tag[1]) if kind == "heading" else 0
        elif token.type == "inline":
            passage = Passage(kind, line, level, has_source=in_notes, is_note=in_notes)
            _fill(passage, token, register)
            found.append(passage)
            row.append(passage)
        elif token.type in {"tr_open", "tr_close"}:
            is_told = any(passage.has_source for passage in row)
            for passage in row:
                passage.has_source = is_told
            row = []
        elif token.type.startswith("footnote_block"):
            in_notes = token.nesting == 1
    return found


def _fill(passage: Passage, token: Token, register: Register) -> None:
    words, spoken, own = [], [], []
    at, link, first = 0, None, 0
    for child in token.children or []:
        if child.type == "link_open":
            href = str(child.attrGet("href"))
            link, first = Link("", href, at), len(words)
        elif child.type == "link_close" and link:
            link.words = "".join(words[first:])
            passage.links.append(link)
            link = None
        elif child.type == "image":
            passage.pictures.append((child.content, at))
        if child.type == "text" and "cites" in child.meta:
            cites = child.meta["cites"]
            passage.cited.append((cites, register.get(cites.key, NONE), at))
        said = "\n" if child.type in BREAKS else child.content
        held = HELD * len(said)
        words.append(said)
        spoken.append(held if child.type == "code_inline" else said)
        own.append(held if link or child.type not in {"text", *BREAKS} else said)
        at += len(said)
    passage.words, passage.spoken = "".join(words), "".join(spoken)
    passage.own = QUOTED.sub(lambda said: HELD * len(said[0]), "".join(own))
    passage.calls_note = _calls_note(token)
    passage.has_source |= bool(passage.links) or passage.calls_note


def _calls_note(token: Token) -> bool:
    return any(child.type == "footnote_ref" for child in token.children or [])
