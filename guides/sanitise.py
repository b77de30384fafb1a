"""The allow-list that has the last word on every rendered text."""

import re

import nh3
from django.utils.html import escape

from guides.image_names import SIZES, is_source

GLOBAL = {"id", "data-block"}
ATTRIBUTES = {
    "a": {"href", "rel", "aria-label"},
    "aside": {"aria-labelledby"},
    "div": {"aria-label"},
    "img": {"src", "srcset", "width", "height", "alt"},
    "ol": {"start"},
    "section": {"aria-labelledby"},
}
VALUES = {
    "div": {"role": {"region"}, "tabindex": {"0"}},
    "img": {"sizes": {SIZES}, "loading": {"lazy"}, "decoding": {"async"}},
    "pre": {"tabindex": {"0"}},
    "th": {"scope": {"col"}},
}
BLOCKS = {
    *("h2", "h3", "h4", "h5", "h6", "p", "blockquote", "pre", "hr", "div", "section"),
    *("ul", "ol", "li", "dl", "dt", "dd", "figure", "figcaption", "aside"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
INLINE = {"a", "br", "code", "em", "img", "s", "span", "strong", "sup"}
CLASSES = {
    "a": {"cited", "outside", "footnote-backref"},
    "aside": {"why"},
    "div": {"table-scroll"},
    "li": {"footnote-item", "task", "task--done"},
    "ol": {"footnotes-list", "tasks"},
    "p": {"why__name"},
    "section": {"footnotes"},
    "span": {"done", "now"},
    "sup": {"footnote-ref"},
    "td": {"cell--center", "cell--right"},
    "th": {"cell--center", "cell--right"},
    "ul": {"tasks"},
}
SCHEMES = {"http", "https", "mailto"}


def _only_our_pictures(tag: str, attribute: str, value: str) -> str | None:
    is_address = tag == "img" and attribute in {"src", "srcset"}
    return None if is_address and not is_source(attribute, value) else value


_cleaner = nh3.Cleaner(
    tags=BLOCKS | INLINE,
    attributes={"*": GLOBAL, **ATTRIBUTES},
    tag_attribute_values=VALUES,
    attribute_filter=_only_our_pictures,
    allowed_classes=CLASSES,
    url_schemes=SCHEMES,
    link_rel=None,
    strip_comments=True,
)


def sanitise(html: str) -> str:
    """The HTML with only those tags, attributes, classes and schemes in it."""
    return _cleaner.clean(html)


def is_allowed(address: str) -> bool:
    """Whether a link may go there. If not its words stay as typed, for a link that
    goes nowhere would puzzle everybody."""
    before, colon, _ = re.split("[/?#]", address, maxsplit=1)[0].partition(":")
    if colon and before.lower() not in SCHEMES:
        return False
    return "href" in _cleaner.clean(f'<a href="{escape(address)}"></a>')
