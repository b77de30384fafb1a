"""A veteran pastes from Word, Google Docs or elsewhere and goes on writing."""

import re
from pathlib import Path

import pytest

from guides.paste import markdown_from_html
from tests.guides.texts import soup_of

CLIPBOARD = Path(__file__).parent / "clipboard"
# The elements of the page that each sample becomes, in order.
SHAPES = {
    "code-editor": "pre code",
    "excel-cells": "div table thead tr th th tbody tr td td tr td td",
    "google-headings": "h2 p em strong strong em h3 p br s h3 p",
    "google-links": "p a a p a a",
    "google-lists": "ul li ul li ul li li li p ol li ol li li ul li span li",
    "google-table": "div table thead tr th th tbody tr td td tr td td tr td td",
    "libreoffice-document": "h2 p strong em sup a h3 ul li ul li li a ol li li br pre "
    "code blockquote p p p section h2 ol li p a",
    "libreoffice-table": "div table thead tr th th tbody tr td td em tr td td",
    "outlook-mail": "p strong br strong br strong p p a ul li li p p strong br",
    "web-article": "h2 p a strong code p strong h3 ul li em li ol li li p p h4 pre "
    "code hr dl dt dd dt dd blockquote p",
    "word-footnotes": "p sup a section h2 ol li p em a",
    "word-headings": "h2 p h3 p h3 blockquote p em p br",
    "word-lists": "p ul li ul li ul li li li strong p",
    "word-marks": "p a strong strong em strong p s p",
    "word-numbers": "ol li ol li li ol li li p ol li",
    "word-online": "h2 p em strong a ul li ul li li li ol li li",
    "word-table": "p div table thead tr th th th tbody tr td td td tr td td td tr td "
    "td td p",
}
# What would show that a mark was not read as one.
STRAY = re.compile(
    r"\*\*|\\|\]\(|\[\^|<|&\w+;|\xa0|\xad|mso-|Mso|StartFragment|EndFrag"
)


def sample(name: str) -> str:
    return (CLIPBOARD / f"{name}.html").read_text()


def test_every_sample_is_looked_at():
    assert {path.stem for path in CLIPBOARD.iterdir()} == set(SHAPES)
    assert len(SHAPES) >= 14


@pytest.mark.parametrize("name", SHAPES)
def test_what_was_copied_becomes_markdown(name):
    written = (CLIPBOARD / f"{name}.md").read_text()

    assert f"{markdown_from_html(sample(name))}\n" == written


@pytest.mark.parametrize("name", SHAPES)
def test_what_was_pasted_looks_as_it_did(name):
    soup = soup_of(markdown_from_html(sample(name)))

    assert " ".join(tag.name for tag in soup.find_all(True)) == SHAPES[name]
    for code in soup.find_all("code"):
        code.decompose()
    text = soup.get_text().replace("<sample@example.org>", "")
    assert not STRAY.search(text)


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<b>bold </b>text", "**bold** text"),
        ("a<b> bold</b>", "a **bold**"),
        ("<b>a</b><b>b</b> <b>c</b>", "**ab c**"),
        ("<b>Note:</b>read", "**Note**:read"),
        ("see<b>(this)</b>now", "see(**this**)now"),
        ("<b>  </b>a<i></i>", "a"),
        ("<b>a<br></b>b", "**a**  \nb"),
        ("<b><i>a</i></b> b", "***a*** b"),
        ("<i>a <b>b</b></i><b> c</b>", "*a **b*** c"),
        ("<b>a</b><i>b</i>", "**a**b"),
        ("<b style='font-weight:normal'>a</b>", "a"),
        ("<span style='font-weight:600;font-style:oblique'>a</span>", "***a***"),
        ("<b style='mso-bidi-font-weight:normal'>a</b>", "**a**"),
        ("a<del>b</del><ins>c</ins>", "ac"),
        ("<code>a`b</code>", "`` a`b ``"),
        ("10 m<sup>2</sup>, 1<sup>st</sup>", "10 m², 1st"),
    ],
)
def test_marks_stand_where_the_words_are(html, markdown):
    assert markdown_from_html(f"<p>{html}</p>") == markdown


@pytest.mark.parametrize(
    ("href", "there"),
    [
        ("https://example.org/a b(c)|d", "https://example.org/a%20b%28c%29%7Cd"),
        (
            "http://www.google.com/url?q=https://example.org/&sa=D",
            "https://example.org/",
        ),
        ("https://www.google.com/search?q=a", "https://www.google.com/search?q=a"),
        ("https://www.google.com/url?q=javascript:alert(1)", ""),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("JavaScript:alert(1)", ""),
        ("file:///C:/a.docx", ""),
        ("about:blank", ""),
        ("data:text/html,a", ""),
        ("#_Toc12", ""),
        ("a.html", ""),
        ("https://", ""),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_a_link_leads_where_readers_can_follow(href, there):
    markdown = markdown_from_html(f'<a href="{href}">words</a>')

    assert markdown == (f"[words]({there})" if there else "words")


def test_a_link_that_says_its_address_is_short():
    html = '<a href="https://example.org/a">https://example.org/a</a>'
    assert markdown_from_html(html) == "<https://example.org/a>"


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "1. a",
            "12) a",
            "- a",
            "+ a",
            "* a",
            "# a",
            "> a",
            "a\n: b",
            "a\n- - -",
            "===",
        ),
        *("| a |", "***", "_a_", "`a`", "~~a~~", "[a](b)", "![a](b)", "[a]: b", "[^1]"),
        *(
            "<b>a</b>",
            "&amp;",
            "a\\*b",
            "http://a.b/_c_",
            "[ ] a",
            "```",
            "~~~",
            "a \\",
        ),
    ],
)
def test_words_that_look_like_marks_stay_words(typed):
    html = typed.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>")

    soup = soup_of(markdown_from_html(f"<p>{html}</p>"))

    assert {tag.name for tag in soup.find_all(True)} <= {"p", "br", "a"}
    assert soup.get_text().strip() == typed


def test_a_line_of_dashes_makes_no_heading_of_the_words_above():
    assert not soup_of(markdown_from_html("a<br>---")).find(["h2", "hr"])


@pytest.mark.parametrize(
    "words",
    ["R&D", "snake_case", "a < b", "5 + 5 = 10", "£5 (about)", "~5", "A-Z", "a|b"],
)
def test_plain_words_get_no_marks_at_all(words):
    html = words.replace("&", "&amp;").replace("<", "&lt;")
    assert markdown_from_html(f"<p>{html}</p>") == words


def test_headings_begin_below_the_title_and_skip_no_level():
    html = "<h1>a</h1><h4>b</h4><h2>c</h2><h3>d</h3><h1>e</h1>"
    levels = [line.split()[0] for line in markdown_from_html(html).split("\n\n")]
    assert levels == ["##", "###", "###", "####", "##"]


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<tr><th>a</th><th>b</th></tr><tr><td>1</td></tr>", ["| a | b |", "| 1 |  |"]),
        ("<tr><td></td></tr>", []),
        ("<tr><th>a</th><td>1</td></tr>", ["|  |  |", "| a | 1 |"]),
        ("<tr><td>a</td></tr><tr><td>b<td>c</tr>", ["| a |  |", "| b | c |"]),
        ("<tr><td colspan=2>a</td><td>b</td></tr>", ["| a |  | b |"]),
        (
            "<tr><td>a<td>b</tr><tr><td rowspan=2>c<td>d</tr><tr><td>e</tr>",
            ["| a | b |", "| c | d |", "| c | e |"],
        ),
        (
            "<tr><td>a<td><table><tr><td>b<td>c</table></tr>",
            ["| a | b c |"],
        ),
    ],
)
def test_each_cell_stands_under_its_head(html, lines):
    written = markdown_from_html(f"<table>{html}</table>").split("\n")
    assert [line for line in written if line and "---" not in line] == lines


def test_a_table_that_only_lays_out_is_no_table():
    html = "<table><tr><td><h2>a</h2><table><tr><td>b<td>c</table></td></tr></table>"
    assert markdown_from_html(html) == "## a\n\n| b | c |\n| --- | --- |"


def test_a_footnote_nobody_calls_stays_a_paragraph():
    html = "<p>a<a href='#_ftn2'>[2]</a></p><p><a href='#_ftnref1'>[1]</a> b</p>"
    assert markdown_from_html(html) == "a\n\nb"


def test_pasted_pictures_do_not_count_as_too_much():
    picture = f'<img alt="A desk" src="data:image/png;base64,{"A" * 2_000_000}">'
    assert markdown_from_html(f"<p>a {picture}</p>") == "a A desk"


def test_too_much_is_refused_in_words():
    with pytest.raises(ValueError, match="too much to paste at once"):
        markdown_from_html("a" * 1_000_001)
