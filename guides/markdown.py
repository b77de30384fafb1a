"""Markdown to clean HTML. Pure: knows no models and no requests.

Raw HTML is shown as text, and an allow-list has the last word on every tag and
attribute. All of it takes time in proportion to the length of the text.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from hashlib import blake2s
from itertools import pairwise
from urllib.parse import urlsplit

from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from guides.elements import (
    back_to_text,
    image_as_link,
    note_number,
    open_notes,
    open_table,
)
from guides.sanitise import sanitise

# C0 and C1 controls but for tab and newline, lone surrogates, and the letters that
# turn a line around (Unicode TR 36, "Trojan Source").
UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\u200e\u200f]"
)
BLOCKS = {
    "paragraph_open",
    "heading_open",
    "bullet_list_open",
    "ordered_list_open",
    "dl_open",
    "table_open",
    "blockquote_open",
    "fence",
    "code_block",
}
COLONS_READ = 1_000
# Ids of our own pages, which a heading may not take.
TAKEN = (
    "main",
    "contents",
    "discussion",
    "discussion-title",
    "title",
    "trust",
    "along",
)
OURS = re.compile(r"(b|by|comment|fn|fnref|thread)-?[0-9a-f]*$|fn-notes$|site-search$")


@dataclass(frozen=True)
class Rendered:
    """A guide's text as pages and searches need it."""

    html: str
    contents: list[dict]
    text: str


def clean_text(source: str) -> str:
    """The text without letters that cannot be seen or stored, in one normal form."""
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", UNWANTED.sub("", source))


def render_guide(source: str) -> Rendered:
    """A guide's HTML, its list of contents and its plain words."""
    source = clean_text(source)
    parser = _GUIDE[_is_linkified(source)]
    tokens = parser.parse(source, {})
    _shift_headings(tokens)
    contents = _name_headings(tokens)
    _key_blocks(tokens, source.split("\n"))
    _mark_links(tokens, rel="noopener")
    _label_tables(tokens)
    _tick_boxes(tokens)
    html = parser.renderer.render(tokens, parser.options, {})
    return Rendered(sanitise(html), contents, _plain(tokens))


def render_comment(source: str) -> str:
    """A comment's HTML: what a guide may have, without headings and footnotes."""
    source = clean_text(source)
    parser = _COMMENT[_is_linkified(source)]
    tokens = parser.parse(source, {})
    _mark_links(tokens, rel="nofollow ugc noopener")
    _label_tables(tokens)
    _tick_boxes(tokens)
    return sanitise(parser.renderer.render(tokens, parser.options, {}))


def _is_linkified(source: str) -> bool:
    """Whether bare addresses become links: looking for them in thousands of colons
    takes quadratic time, and no guide has so many."""
    return source.count("://") <= COLONS_READ


def _parser(is_linkified: bool, *disabled: str) -> MarkdownIt:
    options = {"html": False, "typographer": True, "maxNesting": 20}
    options["linkify"] = is_linkified
    parser = MarkdownIt("commonmark", options)
    parser.enable(["table", "strikethrough", "linkify", "replacements", "smartquotes"])
    parser.add_render_rule("image", image_as_link)
    parser.add_render_rule("table_open", open_table)
    parser.add_render_rule("table_close", lambda *_: "</table></div>\n")
    parser.disable(list(disabled))
    # Only what says its scheme: “gov.uk” in a sentence stays a word.
    parser.linkify.set({"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
    return parser


def _guide_parser(is_linkified: bool) -> MarkdownIt:
    parser = _parser(is_linkified).use(footnote_plugin).use(deflist_plugin)
    parser.add_render_rule("footnote_block_open", open_notes)
    parser.add_render_rule("footnote_anchor", back_to_text)
    parser.add_render_rule("footnote_ref", note_number)
    return parser


def _shift_headings(tokens: list[Token]) -> None:
    """The page has the only h1: the highest heading of the text becomes an h2."""
    levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
    shift = 2 - min(levels, default=2)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + shift, 6)}"


def _name_headings(tokens: list[Token]) -> list[dict]:
    used, contents = Counter(TAKEN), []
    for opening, inline in pairwise(tokens):
        if opening.type != "heading_open":
            continue
        title = _words(inline)
        name = slugify(title)[:60].strip("-") or "section"
        if OURS.match(name):
            name = f"section-{name}"
        used[name] += 1
        while used[name] > 1:
            name = f"{name}-{used[name]}"
            used[name] += 1
        opening.attrSet("id", name)
        level = int(opening.tag[1])
        if level <= 3:
            contents.append({"id": name, "title": title, "level": level})
    return contents


def _key_blocks(tokens: list[Token], lines: list[str]) -> None:
    """Give each block of the text a key made from its own words alone, so that it
    stays the same whatever happens to the others."""
    seen = Counter()
    for token in tokens:
        if token.level or token.type not in BLOCKS or not token.map:
            continue
        words = " ".join("\n".join(lines[slice(*token.map)]).split())
        key = blake2s(words.encode(), digest_size=4).hexdigest()
        seen[key] += 1
        key = key if seen[key] == 1 else f"{key}-{seen[key]}"
        token.attrSet("data-block", key)
        if token.type != "heading_open":
            token.attrSet("id", f"b-{key}")


def _mark_links(tokens: list[Token], rel: str) -> None:
    for token in tokens:
        for inner in token.children or []:
            if inner.type == "link_open" and _is_outside(str(inner.attrGet("href"))):
                inner.attrSet("class", "outside")
                inner.attrSet("rel", rel)


def _is_outside(address: str) -> bool:
    try:
        return bool(urlsplit(address).netloc)
    except ValueError:
        return True


def _label_tables(tokens: list[Token]) -> None:
    """Name each table by its first heads: it scrolls, so it must be reachable."""
    heads: list[str] | None = None
    table = None
    for place, token in enumerate(tokens):
        if token.type == "table_open":
            table, heads = token, []
        elif token.type == "th_open" and heads is not None:
            token.attrSet("scope", "col")
            heads.append(_words(tokens[place + 1]))
        elif token.type == "thead_close" and table:
            named = ", ".join(head for head in heads or [] if head)[:80]
            table.meta["label"] = f"Table: {named}" if named else "Table"


def _tick_boxes(tokens: list[Token]) -> None:
    """Items that begin with [ ] or [x] become boxes; done ones say so in words."""
    lists = []
    for place, token in enumerate(tokens):
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            lists.append(token)
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            lists.pop()
        elif token.type == "list_item_open" and (box := _box(tokens, place)):
            is_done, first = box[1] in "xX", tokens[place + 2].children[0]
            token.attrSet("class", "task task--done" if is_done else "task")
            lists[-1].attrSet("class", "tasks")
            first.content = first.content[4:]
            if is_done:
                tokens[place + 2].children.insert(0, DONE)


def _box(tokens: list[Token], place: int) -> str:
    if place + 2 >= len(tokens) or tokens[place + 2].type != "inline":
        return ""
    children = tokens[place + 2].children
    first = children[0] if children and children[0].type == "text" else None
    found = re.match(r"\[[ xX]\] ", first.content) if first else None
    return found.group() if found else ""


def _words(inline: Token) -> str:
    parts = [
        " " if child.type in {"softbreak", "hardbreak"} else child.content
        for child in inline.children or []
        if child.type in {"text", "code_inline", "softbreak", "hardbreak", "image"}
    ]
    return " ".join("".join(parts).split())


def _plain(tokens: list[Token]) -> str:
    lines = []
    for token in tokens:
        if token.type == "inline":
            lines.append(_words(token))
        elif token.type in {"fence", "code_block"}:
            lines.append(token.content.strip())
    return "\n".join(line for line in lines if line)


DONE = Token("html_inline", "", 0, content='<span class="done">Done: </span>')
_GUIDE = {way: _guide_parser(way) for way in (True, False)}
_COMMENT = {way: _parser(way, "heading", "lheading") for way in (True, False)}
