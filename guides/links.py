"""What becomes of links and pictures."""

import re

from markdown_it.token import Token

# Browsers read //host, and https:host too, as an address elsewhere.
OUTSIDE = re.compile(r"https?:|//", re.IGNORECASE)


def unpack_images(tokens: list[Token]) -> None:
    """Pictures of others are never loaded: their description links to them. No link
    may hold another one, so within a link only the words are left."""
    for token in tokens:
        if token.children:
            token.children = _flat(token.children)


def mark_outside(tokens: list[Token], rel: str) -> None:
    """Mark each link that leaves the site."""
    for token in tokens:
        for inner in token.children or []:
            if inner.type == "link_open" and OUTSIDE.match(str(inner.attrGet("href"))):
                inner.attrSet("class", "outside")
                inner.attrSet("rel", rel)


def words(inline: Token) -> str:
    """The words of a paragraph, heading or cell, without any mark."""
    return " ".join(_words(inline.children or []).split())


def _flat(children: list[Token]) -> list[Token]:
    flat, depth = [], 0
    for child in children:
        is_inner = depth > (child.type == "link_close")
        depth += child.nesting if child.type in {"link_open", "link_close"} else 0
        if child.type == "image":
            flat += [_text(_description(child))] if is_inner else _link_to(child)
        elif not is_inner or child.type not in {"link_open", "link_close"}:
            flat.append(child)
    return flat


def _link_to(image: Token) -> list[Token]:
    opening = Token("link_open", "a", 1, attrs={"href": image.attrGet("src")})
    return [opening, _text(_description(image)), Token("link_close", "a", -1)]


def _description(image: Token) -> str:
    return words(image) or "Picture"


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _words(children: list[Token]) -> str:
    parts = []
    for child in children:
        if child.type in {"text", "code_inline"}:
            parts.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
        elif child.type == "image":
            parts.append(_words(child.children or []))
    return "".join(parts)
