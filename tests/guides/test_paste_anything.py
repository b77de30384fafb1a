"""Whatever is on the clipboard: no word is lost, nothing breaks, nothing hangs."""

import re

import pytest
from hypothesis import given

from guides.markdown import clean_text, render_guide
from guides.paste import markdown_from_html
from tests.guides.copied import anything, copied
from tests.guides.texts import assert_harmless, assert_linear, fuzzed, within


def kept(text: str) -> str:
    """The letters of a text: no spaces, and what a printer sets as typed. An item
    that begins with [ ] becomes a box to tick."""
    typed = text.translate(str.maketrans("¹–—…", "1---"))
    return re.sub(r"[\s;.,!+±-]", "", typed).replace("[]", "")


@fuzzed
@given(copied)
def test_no_word_is_lost_and_none_is_added(html_and_words):
    html, words = html_and_words
    markdown = markdown_from_html(html)
    rendered = render_guide(markdown)

    assert kept(rendered.text) == kept(words)
    assert_harmless(rendered.html)


@fuzzed
@given(anything)
def test_nothing_that_is_pasted_breaks_the_page(html):
    markdown = markdown_from_html(html)

    assert_harmless(render_guide(markdown).html)
    assert set(filter(str.isalpha, markdown)) <= set(clean_text(html)) | {"x", "e"}


REPEATED = [
    *(
        "<",
        "<!--",
        "<![if",
        "<a ",
        '<a b="',
        "<b>",
        "</b>",
        "<p>a</p>",
        "<p>a",
        "&amp;",
    ),
    *("<div></p>", "<div>", "<li>a", "<ul><li>a", "<ol>", "<table><tr><td>", "<td>a"),
    *("<table><tr><td>a", "<b>a</b> ", "<b>a</b><i>b</i>", "<b>(<i>a</i>", "a\n", " "),
    *(
        "<br>",
        "<br>a",
        "<tr><td rowspan=99 colspan=99>a",
        "<pre>",
        "`",
        "<code>`</code>",
    ),
    *(
        "<a href=#_ftn1>",
        "<a href=#_ftnref1>a</a>b<p>",
        "<h1>a",
        "<dt>a<dd>b",
        "*",
        "_",
    ),
    *(
        "http://a.b",
        "!<a href=http://a.b>c</a>",
        "<span style='font-weight:700'>a",
        "-",
    ),
    *(
        "<p style='mso-list:l0 level3 lfo1'>a",
        "<blockquote>a",
        "<img alt=' a '>",
        "1. ",
    ),
    *("<s>a<b>b<i>c</i></b></s>", "<title>", "<textarea>", "<svg>", "<sup>1", "[", "&"),
]


@pytest.mark.parametrize("said", REPEATED)
def test_twice_as_much_takes_twice_as_long(said):
    assert_linear(markdown_from_html, said)


@pytest.mark.parametrize("said", REPEATED)
def test_a_long_document_is_soon_read(said):
    with within(60):
        markdown_from_html(said * (100_000 // len(said)))


@pytest.mark.parametrize(
    "said", ["<p>word <b>bold</b> word</p>\n", "<div></p>", "<td>a"]
)
def test_a_megabyte_is_read(said):
    with within(60):
        markdown_from_html(said * (1_000_000 // len(said)))
