"""What Word, Outlook, Google Docs, LibreOffice and web pages mean by an element.

The shapes are those that each of them puts on the clipboard. Pure.
"""

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from guides.sanitise import is_allowed

BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd"),
    *("details", "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure"),
    *("footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend"),
    *("li", "listing", "main", "nav", "ol", "optgroup", "option", "p", "plaintext"),
    *("pre", "search", "section", "summary", "table", "tbody", "td", "tfoot", "th"),
    *("thead", "tr", "ul", "xmp", "html", "dir", "menu"),
}
UNSEEN = {
    *("audio", "canvas", "datalist", "del", "embed", "head", "iframe", "noembed"),
    *("noframes", "noscript", "object", "script", "style", "svg", "template", "title"),
    *("video", "xml"),
}
# Words that were deleted, and the notes of reviewers.
UNSEEN_CLASSES = {
    *("msodel", "msocomanchor", "msocomoff", "msocomtxt", "msocommentreference"),
    *("msocommentsubject", "msocommenttext", "apple-interchange-newline"),
}
MARKS = {
    **dict.fromkeys(("b", "strong"), "b"),
    **dict.fromkeys(("em", "i"), "i"),
    **dict.fromkeys(("s", "strike"), "s"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), "code"),
}
LISTS = {"ul", "ol", "dir", "menu"}
QUOTES = {"msoquote", "msointensequote"}
MONOSPACE = re.compile("mono|consolas|menlo|courier|fira code", re.IGNORECASE)
LEVEL = re.compile(r"\bl\d+ level(\d)")
# "#_ftn1" is Word's, "#sdfootnote1sym" LibreOffice's, "#ftnt1" Google's.
CALL = re.compile(r"#(?:_?(ftn|edn|ftnt)|sd(foot|end)note)(\d{1,4})(?:sym)?$")
NOTE = re.compile(r"#(?:_?(ftn|edn|ftnt_)ref|sd(foot|end)note)(\d{1,4})(?:anc)?$")
# Gateways that send readers on to an address they name.
GATEWAYS = {"www.google.com/url": "q", "google.com/url": "q"}
SAFELINKS = ".safelinks.protection.outlook.com"
# What would end an address in Markdown, or be read as part of a table.
BREAKING = str.maketrans({mark: f"%{ord(mark):02X}" for mark in ' "()<>\\^`{|}'})
ENTITY = re.compile(r"&(?=#?\w{1,31};)")


class Place(NamedTuple):
    """Where the reader stands: what the elements around say of the words in them."""

    kind: str = "p"  # p, h (heading), pre, term, meaning
    level: int = 0  # of a heading, 1 to 6
    depth: int = 0  # of lists in lists
    list: str = ""  # ul or ol
    start: int = 1  # the first number of a list
    marks: frozenset[str] = frozenset()
    href: str = ""
    is_quoted: bool = False
    is_hidden: bool = False
    is_marker: bool = False  # the bullet or number that Word writes as words
    in_notes: bool = False
    in_head: bool = False  # of a table
    raised: str = ""  # sup or sub
    # Of this element alone.
    is_block: bool = False
    is_item: bool = False
    box: str = ""  # of an item to tick
    call: str = ""  # the name of the footnote that is called here
    note: str = ""  # the name of the footnote whose words follow
    is_layout: bool = False  # a table that only puts things in their places


ALONE = {
    "is_block": False,
    "is_item": False,
    "box": "",
    "call": "",
    "note": "",
    "is_layout": False,
}


def place_in(around: Place, tag: str, attributes: dict) -> Place:
    """The place inside an element that stands at another place."""
    if around.is_hidden:
        return around
    style = _style(attributes.get("style", ""))
    classes = set(attributes.get("class", "").lower().split())
    if _is_unseen(tag, attributes, style, classes):
        return around._replace(is_hidden=True)
    if tag in {"td", "th"}:
        around = Place(in_notes=around.in_notes, in_head=around.in_head or tag == "th")
    place = around._replace(**ALONE | {"is_block": tag in BLOCKS})
    place = place._replace(
        marks=_marks(tag, style, place.marks),
        **_kind(tag, attributes, style, classes),
        **_listing(place, tag, attributes, style),
    )
    return _linked(place, attributes) if tag == "a" else place


def address(href: str) -> str:
    """Where a copied link leads, or "" where readers could not follow it: into the
    document it came from, to a file on somebody's disk, to a script."""
    try:
        parts = urlsplit(href.strip())
        gateway = GATEWAYS.get(f"{parts.netloc}{parts.path}".lower())
        if parts.netloc.lower().endswith(SAFELINKS):
            gateway = "url"
        named = parse_qs(parts.query).get(gateway or "", [""])[0]
        parts = urlsplit(named or href.strip())
    except ValueError:
        return ""
    there = ENTITY.sub("&amp;", parts.geturl().translate(BREAKING))
    is_web = parts.scheme in {"http", "https"} and parts.netloc
    is_mail = parts.scheme == "mailto" and parts.path
    return there if (is_web or is_mail) and is_allowed(there) else ""


@lru_cache(1_000)
def _style(declared: str) -> dict[str, str]:
    pairs = (pair.partition(":") for pair in declared.lower().split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs}


def _is_unseen(tag: str, attributes: dict, style: dict, classes: set) -> bool:
    return (
        tag in UNSEEN
        or tag.startswith(("v:", "w:", "x:"))
        or "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or style.get("display") == "none"
        or style.get("mso-hide") == "all"
        or style.get("mso-element") in {"comment", "comment-list"}
        or bool(classes & UNSEEN_CLASSES)
    )


def _marks(tag: str, style: dict, marks: frozenset[str]) -> frozenset[str]:
    if tag in MARKS:
        marks |= {MARKS[tag]}
    weight = style.get("font-weight", "")
    if weight:
        is_bold = weight in {"bold", "bolder"} or weight[:1] in "6789"
        marks = marks | {"b"} if is_bold else marks - {"b"}
    slant = style.get("font-style", "")
    if slant:
        marks = marks | {"i"} if slant in {"italic", "oblique"} else marks - {"i"}
    if "line-through" in style.get("text-decoration", ""):
        marks |= {"s"}
    return marks


def _kind(tag: str, attributes: dict, style: dict, classes: set) -> dict:
    notes = style.get("mso-element", "").startswith(("footnote", "endnote"))
    if notes or attributes.get("id", "").startswith(("sdfootnote", "sdendnote")):
        return {"in_notes": True}
    if re.fullmatch("h[1-6]", tag):
        return {"kind": "h", "level": int(tag[1])}
    if attributes.get("role") == "heading" or "msotitle" in classes:
        return {"kind": "h", "level": number(attributes.get("aria-level"), 1)}
    if tag in {"pre", "listing", "xmp", "plaintext"} or _is_code(tag, style):
        return {"kind": "pre"}
    if tag in {"thead", "table"}:
        is_layout = attributes.get("role") in {"presentation", "none"}
        return {"in_head": tag == "thead", "is_layout": is_layout}
    if tag in {"sup", "sub"}:
        return {"raised": tag}
    if tag in {"dt", "dd"}:
        return {"kind": "term" if tag == "dt" else "meaning"}
    # Mail programs indent with quotations that have no line beside them.
    is_indent = tag == "blockquote" and style.get("border", "").startswith("none")
    is_quote = tag == "blockquote" or bool(classes & QUOTES)
    return {"is_quoted": True} if is_quote and not is_indent else {}


def _is_code(tag: str, style: dict) -> bool:
    """A code editor's lines: letters of one width, spaces kept."""
    is_kept = style.get("white-space") == "pre"
    return (
        tag == "div"
        and is_kept
        and bool(MONOSPACE.search(style.get("font-family", "")))
    )


def _listing(place: Place, tag: str, attributes: dict, style: dict) -> dict:
    if tag in LISTS:
        kind = "ol" if tag == "ol" else "ul"
        start = number(attributes.get("start"), 1)
        return {"depth": place.depth + 1, "list": kind, "start": start}
    if tag == "li":
        told = attributes.get("data-aria-level") or attributes.get("aria-level")
        box = {"true": "[x] ", "false": "[ ] "}.get(attributes.get("aria-checked"), "")
        depth = number(told, max(place.depth, 1))
        return {"depth": depth, "is_item": True, "box": box}
    listed = style.get("mso-list", "")
    if listed == "ignore":
        return {"is_marker": True}
    found = LEVEL.match(listed)
    if found and tag in {"p", "div"}:
        return {"depth": int(found[1]), "is_item": True, "list": ""}
    return {}


def _linked(place: Place, attributes: dict) -> Place:
    href = attributes.get("href", "")
    if call := CALL.match(href):
        return place._replace(call=_name(call))
    if note := NOTE.match(href):
        return place._replace(note=_name(note))
    return place._replace(href=address(href) if href else place.href)


def _name(found: re.Match) -> str:
    kind = found[1] or found[2]
    return ("e" if kind.startswith("e") else "") + found[3]


def number(told: str | None, other: int) -> int:
    """The number that an attribute tells, or another one."""
    return int(told) if told and re.fullmatch("[0-9]{1,6}", told) else other
