"""Markdown to clean HTML. Pure: knows no models and no requests.

Raw HTML is shown as text, and an allow-list has the last word on every tag and
attribute. All of it takes time in proportion to the length of the text.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby, islice

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin

from guides import blocks, citations, elements, limits, links, why
from guides.citations import Reference, Register
from guides.notes import footnotes, link_definition
from guides.sanitise import is_allowed, sanitise
from guides.typography import dashes, quotes
from guides.why import Fault, Why

# C0 and C1 controls but for tab and newline, lone surrogates, byte order marks, and
# the letters that turn a line around (Unicode TR 36, "Trojan Source").
UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff"
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
# Word and old systems end lines in these ways; without them words would join.
LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\u2028\u2029]")
# More marks over one letter than any script has. Sorting them, which NFC does, takes
# quadratic time; 30 is what Unicode's Stream-Safe Text Format allows (UAX 15).
MARKS_A_LETTER = 30
NOTHING: Register = {}


@dataclass(frozen=True)
class Rendered:
    """A guide's text as pages and searches need it."""

    html: str
    contents: list[dict]
    text: str
    cited: list[Reference] = field(default_factory=list)
    whys: list[Why] = field(default_factory=list)


def clean_text(source: str) -> str:
    """The text without letters that cannot be seen or stored, in one normal form."""
    source = UNWANTED.sub("", LINE_ENDS.sub("\n", source))
    if source.isascii():
        return source
    return unicodedata.normalize("NFC", _with_few_marks(source))


def clean_line(source: str) -> str:
    """The same for one line: a title, a name, a summary."""
    return " ".join(clean_text(source).split())


def render_guide(source: str, register: Register = NOTHING) -> Rendered:
    """A guide's HTML, its list of contents, its plain words and what it cites.
    register: the rows that it may cite, by kind and slug."""
    source = clean_text(source)
    tokens = _read(_GUIDE, source, register, shows_ours=True)
    links.make_figures(tokens)
    blocks.shift_headings(tokens)
    contents = blocks.name_headings(tokens)
    blocks.key_blocks(tokens, source.split("\n"))
    whys = why.lay_out(tokens)
    links.mark_outside(tokens, rel="noopener")
    text = blocks.plain_text(tokens)
    cited = citations.cited_in(tokens)
    return Rendered(_write(_GUIDE, tokens), contents, text, cited, whys)


def read_guide(source: str, register: Register = NOTHING) -> list[Token]:
    """The tokens of a guide's text as it was written, for advice on it: headings have
    the author's levels and pictures are pictures."""
    tokens = _GUIDE.parse(limits.shorten(clean_text(source)), {})
    citations.name_rows(tokens, register)
    return tokens


def faults_in(source: str, register: Register = NOTHING) -> list[Fault]:
    """What the “Why is it like this?” blocks of a guide's text lack."""
    if ":::" not in source:
        return []
    return why.faults_in(read_guide(source, register), register)


def write_out(source: str, register: Register, site: str) -> str:
    """A guide's Markdown for elsewhere, where nobody knows our registers."""
    if "[[" not in source:
        return source
    source = clean_text(source)
    tokens = _GUIDE.parse(limits.shorten(source), {})
    code = _lines_of({"fence", "code_block"}, tokens)
    # As on the page, no title says what has become of a body.
    titles, told = _lines_of(citations.TITLES, tokens), set()
    return "\n".join(
        line
        if number in code
        else citations.written_out(
            line, register, site, None if number in titles else told
        )
        for number, line in enumerate(source.split("\n"))
    )


def _lines_of(types: set[str], tokens: list[Token]) -> set[int]:
    found = (token.map for token in tokens if token.type in types and token.map)
    return {number for place in found for number in range(*place)}


@lru_cache(50)
def render_comment(source: str) -> str:
    """A comment's HTML: what a guide may have, but headings, footnotes, pictures.

    One post asks for it three times: its form, the hold and the row.
    """
    tokens = _read(_COMMENT, clean_text(source), NOTHING, shows_ours=False)
    blocks.embolden_headings(tokens)
    links.mark_outside(tokens, rel="nofollow ugc noopener")
    return _write(_COMMENT, tokens)


def _with_few_marks(source: str) -> str:
    runs = groupby(source, lambda letter: unicodedata.category(letter)[0] == "M")
    return "".join(
        "".join(islice(run, MARKS_A_LETTER) if are_marks else run)
        for are_marks, run in runs
    )


def _read(
    parser: MarkdownIt, source: str, register: Register, *, shows_ours: bool
) -> list[Token]:
    tokens = parser.parse(limits.shorten(source), {})
    links.unpack_images(tokens, shows_ours=shows_ours)
    citations.name_rows(tokens, register)
    blocks.drop_dead_ends(tokens)
    blocks.label_tables(tokens)
    blocks.tick_boxes(tokens)
    return tokens


def _write(parser: MarkdownIt, tokens: list[Token]) -> str:
    return sanitise(parser.renderer.render(tokens, parser.options, {}))


def _parser() -> MarkdownIt:
    options = {"html": False, "linkify": True, "typographer": True}
    parser = MarkdownIt("commonmark", {**options, "maxNesting": limits.DEEPEST})
    parser.enable(["table", "strikethrough", "linkify", "replacements", "smartquotes"])
    parser.core.ruler.at("replacements", dashes)
    parser.core.ruler.at("smartquotes", quotes)
    parser.block.ruler.at("reference", link_definition)
    parser.validateLink = is_allowed
    # Only what says its scheme: “gov.uk” in a sentence stays a word.
    parser.linkify.set({"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
    parser.linkify.add("//", None).add("ftp:", None)
    parser.add_render_rule("table_open", elements.open_table)
    parser.add_render_rule("table_close", elements.close_table)
    parser.add_render_rule("text", elements.text)
    parser.add_render_rule("fence", elements.code)
    parser.add_render_rule("code_block", elements.code)
    return parser


def _guide_parser() -> MarkdownIt:
    parser = _parser().use(deflist_plugin).use(footnotes)
    parser.use(citations.plugin).use(why.plugin)
    parser.add_render_rule("image", elements.picture)
    parser.add_render_rule("footnote_block_open", elements.open_notes)
    parser.add_render_rule("footnote_anchor", elements.back_to_text)
    parser.add_render_rule("footnote_ref", elements.note_number)
    return parser


_GUIDE = limits.bound(_guide_parser())
# Three dashes under a line part two thoughts; in a comment they make no heading.
_COMMENT = limits.bound(_parser().disable("lheading"))
