"""What keeps a rendered text whole, valid and within reach of everybody."""

import re

import pytest
from hypothesis import given

from guides.limits import LONGEST
from guides.markdown import clean_text, render_comment, render_guide
from tests.guides.texts import comment_of, fuzzed, soup_of, written


def levels_of(soup) -> list[int]:
    return [int(tag.name[1]) for tag in soup.find_all(re.compile("^h[2-6]$"))]


@fuzzed
@given(written)
def test_no_heading_skips_a_level_whatever_the_author_wrote(source):
    above = 1
    for level in levels_of(soup_of(source)):
        assert level <= above + 1
        above = level


def test_headings_of_one_level_stay_on_one_level():
    soup = soup_of("# One\n\n#### Two\n\n#### Three\n\n## Four\n\n# Five")
    assert levels_of(soup) == [2, 3, 3, 3, 2]


def test_a_heading_without_words_is_left_out():
    rendered = render_guide("# \n\n## One")
    assert rendered.contents == [{"id": "one", "title": "One", "level": 3}]
    assert rendered.html.count("<h") == 1


def test_a_heading_within_a_quotation_is_not_in_the_contents():
    assert render_guide("> # Quoted").contents == []


def test_a_heading_in_a_comment_is_bold():
    assert comment_of("## Why *not*?").p.strong.text == "Why not?"


def test_three_dashes_under_a_line_of_a_comment_make_no_heading():
    assert [tag.name for tag in comment_of("One\n---\nTwo").find_all(True)] == [
        *("p", "hr", "p")
    ]


@pytest.mark.parametrize("titles", [["Rules 2", "Rules", "Rules"], ["Rules"] * 3])
def test_no_two_headings_share_an_id(titles):
    contents = render_guide("\n\n".join(f"## {title}" for title in titles)).contents
    assert len({entry["id"] for entry in contents}) == len(titles)


@pytest.mark.parametrize(
    "typed",
    [
        *("<script>alert(1)</script>", "<strong>a</strong>", '<a href="/b">c</a>'),
        *('a <em id="main">b</em>', "<!-- a -->", "<h2>a</h2>", "<br>"),
    ],
)
def test_html_in_a_text_is_shown_as_text(typed):
    for soup in (soup_of(typed), comment_of(typed)):
        assert soup.text.strip().replace("”", '"').replace("“", '"') == typed
        assert [tag.name for tag in soup.find_all(True)] == ["p"]


@pytest.mark.parametrize("typed", ["```\na\n```", "    a"])
def test_code_can_be_reached_by_keyboard_and_linked_to(typed):
    block = soup_of(typed).pre
    assert block["tabindex"] == "0"
    assert block["id"] == f"b-{block['data-block']}"


@pytest.mark.parametrize(
    "address",
    [
        *("ftp://gov.uk", "tel:1", "http://[x", "http://a:99999", "data:image/png;x"),
        *("java&#9;script:x", "java%09script:x", "foo:bar", "http://"),
    ],
)
def test_a_link_that_may_go_nowhere_stays_as_typed(address):
    for soup in (soup_of(f"[a]({address})"), comment_of(f"![a]({address})")):
        assert soup.a is None
        assert "[a](" in soup.text


@fuzzed
@given(written)
def test_every_link_goes_somewhere_and_holds_no_other(source):
    for soup in (soup_of(source), comment_of(source)):
        for link in soup.find_all("a"):
            assert "href" in link.attrs
            assert link.find("a") is None


def test_an_address_within_a_link_is_only_its_words():
    [link] = soup_of("[See <https://a.example> here](/b)").find_all("a")
    assert (link["href"], link.text) == ("/b", "See https://a.example here")


def test_the_title_of_a_link_is_left_out_for_only_a_mouse_finds_it():
    assert set(soup_of('[a](/b "title")').a.attrs) == {"href"}


def test_notes_within_notes_lose_no_words_and_open_no_list():
    soup = soup_of("One[^a].\n\n[^a]: - two\n\n    [^b]: three\n\n    four")
    assert all(word in soup.text for word in ["One", "two", "three", "four"])
    assert len(soup.find_all("section")) == 1


def test_a_note_leads_back_only_to_what_is_shown():
    soup = soup_of("One[^b].\n\n[^a]: Two[^b].\n\n[^b]: Three.")
    ids = {tag["id"] for tag in soup.find_all(id=True)}
    assert all(link["href"][1:] in ids for link in soup.select("a[href^='#']"))


def test_two_tables_with_the_same_heads_have_names_of_their_own():
    soup = soup_of("|a|b|\n|-|-|\n\nText.\n\n|a|b|\n|-|-|")
    names = [region["aria-label"] for region in soup.select("[role=region]")]
    assert names == ["Table: a, b", "Table: a, b (2)"]


def test_a_cell_without_words_is_the_head_of_nothing():
    assert [head.text for head in soup_of("| |a|\n|-|-|\n|b|c|").find_all("th")] == [
        "a"
    ]


def test_lists_may_go_as_deep_as_in_word():
    typed = "\n".join("  " * depth + f"- {depth}" for depth in range(9))
    assert render_guide(typed).text.split() == list("012345678")


def test_a_line_break_from_word_does_not_join_two_words():
    assert clean_text("one\x0btwo\u2028three") == "one\ntwo\nthree"


@pytest.mark.parametrize(
    "letter", "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
def test_no_letter_turns_a_line_around(letter):
    assert clean_text(f"pay{letter}roll") == "payroll"


def test_an_endless_paragraph_keeps_its_words_and_shows_its_marks():
    typed = "*a* " * (LONGEST // 4 + 1)
    assert soup_of(typed).p.text.split() == typed.split()
    assert soup_of(typed).em is None


@pytest.mark.parametrize("typed", ["a&b<c> ", "& "])
def test_a_long_run_of_code_arrives_whole(typed):
    code = typed * 20_000
    html = render_comment(f"```\n{code}\n```")
    assert soup_of(f"```\n{code}\n```").code.text.strip() == code.strip()
    assert "<!--" not in html
