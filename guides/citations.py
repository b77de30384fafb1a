"""What a guide's text cites: `[[policy:slug]]`, `[[org:slug]]`, `[[term:slug]]`. Pure.

A section and the exact words that a claim rests on may follow, and other words for the
link after a bar: `[[policy:equality-act-2010 §149 "have due regard"|the duty]]`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.html import escape
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

FOLDERS = {
    "policy": "/policies/",
    "org": "/organisations/",
    "term": "/glossary/",
}
MOST = 300  # of a text; what follows is shown as typed
CITED = re.compile(
    r"\[\[(?P<kind>policy|org|term): ?(?P<slug>[\w-]{1,80})"
    r"(?: ?(?P<section>§[^\[\]|\"“”\n]{0,58}[^\[\]|\"“”\s]))?"
    r"(?:\s[\"“](?P<quoted>[^\[\]\"“”]{1,400})[\"”])?"
    r"(?:\\?\|(?P<words>[^\[\]|]{1,200}))? ?\]\]"
)
# In place of a bar until lines are parted into cells. No text holds this letter.
BAR = "\x01"
# Code and letters that stand for themselves hold no citation.
HELD = r"(?P<held>(?<!`)(?P<marks>`+)(?!`).{1,500}?(?<!`)(?P=marks)(?!`)|\\[^|\n])"
ANYWHERE = re.compile(f"{HELD}|{CITED.pattern}")
TITLES = {"heading_open", "why_title_open"}
NOW = '<span class="now">(%s)</span>'
MARKS = re.compile(r"([\\`*_\[\]<>|~])")


@dataclass(frozen=True)
class Reference:
    """One place in a text that cites a row of a register."""

    kind: str
    slug: str
    section: str = ""
    quoted: str = ""
    words: str = ""
    block: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Which row it means."""
        return self.kind, self.slug

    @property
    def typed(self) -> str:
        """How an author names that row."""
        return f"{self.kind}:{self.slug}"


@dataclass(frozen=True)
class Row:
    """A row of a register as a text names it; without a key there is none like it.

    became: what has become of a body since, "now …, since …". trouble: why a policy
    should not be relied on. nearest: what may have been meant instead.
    """

    pk: int | None = None
    name: str = ""
    became: str = ""
    trouble: str = ""
    nearest: str = ""


Register = Mapping[tuple[str, str], Row]
NONE = Row()


def plugin(parser: MarkdownIt) -> None:
    """Let a text cite, in tables too, where a bar would part two cells."""
    parser.core.ruler.before("block", "hide_bars", _hide_bars)
    parser.core.ruler.after("block", "show_bars", _show_bars)
    parser.inline.ruler.before("link", "citation", _cite)


def address_of(kind: str, slug: str) -> str:
    """The page about a row."""
    return f"{FOLDERS[kind]}{slug}/"


def keys_in(source: str) -> set[tuple[str, str]]:
    """Every row that a text may cite; some may stand in code."""
    return {_reference(found).key for found in CITED.finditer(source)}


def name_rows(tokens: list[Token], register: Register) -> None:
    """Have each citation read as its row is called. What names no row loses its link
    and keeps its words. What became of a body is said where it is first named."""
    told: set[str] = set()
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type == "inline":
            is_told_here = not (before and before.type in TITLES)
            _name(token, register, told if is_told_here else None)


def cited_in(tokens: list[Token]) -> list[Reference]:
    """What a text cites, with the key of the block that does."""
    found, block = [], ""
    for token in tokens:
        if token.level == 0 and token.nesting >= 0:
            block = str(token.attrGet("data-block") or "")
        found += [
            replace(child.meta["cites"], block=block)
            for child in token.children or []
            if child.type == "text" and "cites" in child.meta
        ]
    return found


def renewal(slug: str, became: str) -> tuple[str, str]:
    """What to look for in a finished text, and what to put there once, when something
    else has become of a body: for Python's regular expressions and PostgreSQL's."""
    link = re.escape(address_of("org", slug))
    now = re.escape(NOW) % "[^<]*"
    place = rf'(<a href="{link}" class="cited">[^<]*</a>)(?: {now})?'
    return place, r"\1" + _told(became).replace("\\", r"\\")


def written_out(line: str, register: Register, site: str, told: set[str] | None) -> str:
    """A line of a text for elsewhere: citations are links with their whole addresses.
    told: the bodies of which it has been said already what became of them; None where
    that is not said."""
    return ANYWHERE.sub(lambda found: _written(found, register, site, told), line)


def unknown(cites: Reference, row: Row) -> str:
    """What to say of a citation that names no row."""
    meant = f" Do you mean “{row.nearest}”?" if row.nearest else ""
    return f"Nothing is called “{cites.typed}” in the registers.{meant}"


def _hide_bars(state: StateCore) -> None:
    if "[[" in state.src:
        state.src = CITED.sub(lambda found: found[0].replace("|", BAR), state.src)


def _show_bars(state: StateCore) -> None:
    for token in state.tokens if BAR in state.src else ():
        token.content = token.content.replace(BAR, "|")
        token.info = token.info.replace(BAR, "|")


def _cite(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("[[", state.pos):
        return False
    if not (found := CITED.match(state.src, state.pos)):
        return False
    if not silent:
        state.env["citations"] = count = state.env.get("citations", 0) + 1
        if count <= MOST:
            _push(state, _reference(found))
        else:
            state.pending += found[0]
    state.pos = found.end()
    return True


def _push(state: StateInline, cites: Reference) -> None:
    opening = state.push("link_open", "a", 1)
    opening.attrs = {"href": address_of(*cites.key)}
    text = state.push("text", "", 0)
    text.content = cites.words or _with_section(cites.slug, cites)
    opening.meta = text.meta = {"cites": cites}
    state.push("link_close", "a", -1)


def _reference(found: re.Match) -> Reference:
    given = {name: " ".join((found[name] or "").split()) for name in found.groupdict()}
    given = {name: given[name] for name in ("slug", "section", "quoted", "words")}
    return Reference(found["kind"], **given | {"slug": given["slug"].lower()})


def _name(inline: Token, register: Register, told: set[str] | None) -> None:
    kept, children = [], inline.children or []
    dead = 0
    for child in children:
        cites = child.meta.get("cites")
        row = register.get(cites.key, NONE) if cites else NONE
        if child.type == "image":
            _name(child, register, None)
        if child.type == "link_open" and cites:
            dead = 0 if row.name else 1
            if dead:
                continue
            if told is not None and cites.kind == "org" and cites.slug not in told:
                told.add(cites.slug)
                child.attrSet("class", "cited")
        elif child.type == "link_close" and dead:
            dead = 0
            continue
        elif cites and row.name and not cites.words:
            child.content = _with_section(row.name, cites)
        kept.append(child)
        if child.type == "link_close" and _is_told(kept):
            became = register[kept[-3].meta["cites"].key].became
            kept.append(Token("html_inline", "", 0, content=_told(became)))
    inline.children = kept


def _is_told(kept: list[Token]) -> bool:
    return len(kept) > 2 and kept[-3].attrGet("class") == "cited"


def _told(became: str) -> str:
    return f" {NOW % escape(became)}" if became else ""


def _with_section(name: str, cites: Reference) -> str:
    return f"{name} {cites.section}" if cites.section else name


def _written(
    found: re.Match, register: Register, site: str, told: set[str] | None
) -> str:
    if found["held"] is not None:
        return found[0]
    cites = _reference(found)
    row = register.get(cites.key, NONE)
    words = cites.words or _with_section(row.name or cites.slug, cites)
    words = MARKS.sub(r"\\\1", words)
    if not row.name:
        return words
    link = f"[{words}]({site}{address_of(*cites.key)})"
    if told is None or cites.kind != "org" or cites.slug in told:
        return link
    told.add(cites.slug)
    became = MARKS.sub(r"\\\1", row.became)
    return f"{link} ({became})" if became else link
