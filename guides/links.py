"""What becomes of links and pictures."""

import re

from markdown_it.token import Token

from guides.image_names import name_in

# Browsers read //host, and https:host too, as an address elsewhere.
OUTSIDE = re.compile(r"https?:|//", re.IGNORECASE)


def unpack_images(tokens: list[Token], *, shows_ours: bool) -> None:
    """Pictures of others are never loaded: their description links to them. No link
    may hold another one, so within a link only the words are left. Our own are shown
    if the text may have any; what stands under one follows it in brackets."""
    for token in tokens:
        if token.children:
            token.children = _flat(token.children, shows_ours)


def make_figures(tokens: list[Token]) -> None:
    """A picture that has a paragraph to itself stands over its words."""
    for before, token, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if before.type == "paragraph_open" and _is_captioned(token.children or []):
            before.tag = after.tag = "figure"
            before.hidden = after.hidden = False
            image, caption = token.children
            opening = Token("figcaption_open", "figcaption", 1)
            closing = Token("figcaption_close", "figcaption", -1)
            token.children = [image, opening, _text(caption.meta["words"]), closing]


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


def _is_captioned(children: list[Token]) -> bool:
    return len(children) == 2 and "words" in children[1].meta


def _flat(children: list[Token], shows_ours: bool) -> list[Token]:
    flat, depth = [], 0
    for child in children:
        is_inner = depth > (child.type == "link_close")
        depth += child.nesting if child.type in {"link_open", "link_close"} else 0
        if child.type == "image" and shows_ours and name_in(str(child.attrs["src"])):
            flat += _ours(child, is_inner)
        elif child.type == "image":
            flat += [_text(_description(child))] if is_inner else _link_to(child)
        elif not is_inner or child.type not in {"link_open", "link_close"}:
            flat.append(child)
    return flat


def _ours(image: Token, is_inner: bool) -> list[Token]:
    caption = " ".join(str(image.attrs.get("title", "")).split())
    if is_inner and not words(image) and not caption:  # a link needs a name
        caption = "Picture"
    if not caption:
        return [image]
    return [image, _text(f" ({caption})", meta={"words": caption})]


def _link_to(image: Token) -> list[Token]:
    opening = Token("link_open", "a", 1, attrs={"href": image.attrGet("src")})
    return [opening, _text(_description(image)), Token("link_close", "a", -1)]


def _description(image: Token) -> str:
    return words(image) or "Picture"


def _text(content: str, **given: dict) -> Token:
    return Token("text", "", 0, content=content, **given)


def _words(children: list[Token]) -> str:
    parts = []
    for child in children:
        if child.type in {"text", "text_special", "code_inline"}:
            parts.append(child.content)
        elif child.type in {"softbreak", "hardbreak", "figcaption_open"}:
            parts.append(" ")
        elif child.type == "image":
            parts.append(_words(child.children or []))
    return "".join(parts)
