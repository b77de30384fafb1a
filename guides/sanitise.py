"""The allow-list that has the last word on every rendered text."""

import nh3

GLOBAL = {"id", "data-block"}
ATTRIBUTES = {
    "a": {"href", "class", "rel", "aria-label"},
    "div": {"class", "role", "tabindex", "aria-label"},
    "li": {"class"},
    "ol": {"class", "start"},
    "section": {"class", "aria-labelledby"},
    "sup": {"class"},
    "td": {"align"},
    "th": {"scope"},
    "ul": {"class"},
}
BLOCKS = {
    *("h2", "h3", "h4", "h5", "h6", "p", "blockquote", "pre", "hr", "div", "section"),
    *("ul", "ol", "li", "dl", "dt", "dd"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
INLINE = {"a", "br", "code", "em", "s", "span", "strong", "sup"}
CLASSES = {
    "a": {"outside", "footnote-backref"},
    "div": {"table-scroll"},
    "li": {"footnote-item", "task", "task--done"},
    "ol": {"footnotes-list", "tasks"},
    "section": {"footnotes"},
    "span": {"done"},
    "sup": {"footnote-ref"},
    "ul": {"tasks"},
}
SCHEMES = {"http", "https", "mailto"}

_cleaner = nh3.Cleaner(
    tags=BLOCKS | INLINE,
    attributes={
        tag: (ATTRIBUTES.get(tag, set()) | GLOBAL) - {"class"}
        for tag in BLOCKS | INLINE
    },
    allowed_classes=CLASSES,
    url_schemes=SCHEMES,
    link_rel=None,
    strip_comments=True,
)


def sanitise(html: str) -> str:
    """The HTML with only those tags, attributes, classes and schemes in it."""
    return _cleaner.clean(html)
