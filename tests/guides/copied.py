"""Writes HTML as people might copy it, and knows the words in it."""

from html import escape

from hypothesis import strategies as st

# No quotation marks, dashes or dots in a row: those are set as a printer would.
LETTERS = "ab1é_*`[]()<>#+!|~\\&:=^${}/,;@%€✓"
said = st.lists(
    st.text(LETTERS, min_size=1, max_size=6)
    | st.sampled_from(["1.", "2)", "-", "#", "+", ":", "&amp;", "[a](b)", "__a__"])
    | st.sampled_from(
        ["http", "<b>", "---", "===", "|-|", "```", "~~a~~", "[^1]", "e.g."]
    ),
    min_size=1,
    max_size=4,
).map(" ".join)
INLINE = st.sampled_from(
    [
        *("b", "i", "em", "strong", "s", "u", "span", "font", "sup"),
        *("a href='https://example.org/a_b'", "a href='javascript:a'"),
        *("span style='font-weight:700'", "span style='font-weight:400'"),
        "span style='font-style:italic'",
    ]
)
BLOCK = st.sampled_from(
    ["p", "div", "h2", "h1", "blockquote", "section", "dd", "center"]
)


def _element(opening: str, inner: tuple[str, str]) -> tuple[str, str]:
    html, words = inner
    return f"<{opening}>{html}</{opening.split()[0]}>", words


def _joined(parts: list[tuple[str, str]]) -> tuple[str, str]:
    return "".join(html for html, _ in parts), " ".join(words for _, words in parts)


def _spaced(words: str, before: str, after: str) -> tuple[str, str]:
    return before + escape(words) + after, words


_space = st.sampled_from(["", "", " ", "\n", "&nbsp;", "<br>"])
text = st.builds(_spaced, said, _space, _space)
phrase = st.recursive(
    text,
    lambda inner: (
        st.builds(_element, INLINE, inner)
        | st.lists(inner, min_size=1, max_size=4).map(_joined)
    ),
    max_leaves=8,
)
paragraph = st.builds(_element, BLOCK, phrase)
item = st.builds(_element, st.just("li"), phrase)
cell = st.builds(_element, st.sampled_from(["td", "th"]), phrase | paragraph)
row = st.lists(cell, min_size=1, max_size=3).map(_joined)
table = st.lists(st.builds(_element, st.just("tr"), row), min_size=1, max_size=3)


def _list(inner):
    parts = st.lists(item | inner, min_size=1, max_size=3).map(_joined)
    return st.builds(_element, st.sampled_from(["ul", "ol", "ol start='4'"]), parts)


listing = st.recursive(_list(item), _list, max_leaves=4)
block = (
    paragraph
    | listing
    | phrase
    | st.builds(_element, st.just("table"), table.map(_joined))
)
# HTML, and the words that a reader sees of it.
copied = st.lists(block, min_size=1, max_size=4).map(_joined)
# What no program writes.
PIECES = st.sampled_from(
    [
        *(
            "<",
            ">",
            "<p",
            "<p>",
            "</p>",
            "<b>",
            "</b>",
            "<!--",
            "-->",
            "<![if x]>",
            "&",
        ),
        *(
            "<![endif]>",
            "<table>",
            "<tr>",
            "<td",
            " colspan=9",
            ">",
            "</table>",
            "<li>",
        ),
        *(
            "<ul>",
            "</ul>",
            "<a href='",
            "http://[",
            "#_ftn1",
            "'",
            '"',
            "&#x0;",
            "&lt;",
        ),
        *("&#xd800;", "\ud800", "\x00", "<pre>", "```", "\n", " ", "<style>", "<td>"),
        *(" style='", "mso-list:l0 level9 lfo1", ";", ":", "<dt>", "<dd>", "<hr>", "a"),
        *(
            "<img alt='",
            "<br>",
            "<h1>",
            "</h1>",
            "<h6>",
            "<o:p>",
            "<xml>",
            "<th rowspan=",
        ),
        *("9999999999>", "<input type=checkbox>", "<sup>", "1", "<a href='#_ftnref1'>"),
        *("<div id=sdfootnote1>", "<a href='#_ftn1'>", "</a>", "</div>", "<select>"),
    ]
)
anything = st.lists(PIECES | st.text(max_size=5), max_size=40).map("".join)
