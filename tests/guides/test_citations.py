"""`[[policy:slug]]` and its like: what they become, wherever they stand."""

import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from bench.markdown import REPEATED
from guides.citations import FOLDERS, MOST, Row, address_of, renewal
from guides.markdown import read_guide, render_comment, render_guide, write_out
from guides.paste import markdown_from_html
from guides.sanitise import sanitise
from tests.guides.texts import PIECES, assert_harmless, fuzzed, steps

REGISTER = {
    ("policy", "equality-act"): Row(1, "Equality Act 2010"),
    ("org", "ccs"): Row(2, "Crown & Co <b>", "now <GCA>, since 2026"),
    ("term", "ao"): Row(3, "accounting officer"),
}
NAMES = ["[[policy:equality-act", "[[org:ccs", "[[term:ao", "[[org:nobody"]
MORE = ["]]", " §149", ' "due regard"', "|", "|the duty]]", "\\|", "[[", "\x01"]
cited = st.lists(st.sampled_from(NAMES + MORE) | PIECES, max_size=30).map("".join)


def soup_of(source: str) -> BeautifulSoup:
    return BeautifulSoup(render_guide(source, REGISTER).html, "html.parser")


@pytest.mark.parametrize(
    ("source", "address", "words"),
    [
        ("[[policy:equality-act]]", "/policies/equality-act/", "Equality Act 2010"),
        (
            "[[policy:equality-act §149]]",
            "/policies/equality-act/",
            "Equality Act 2010 §149",
        ),
        (
            '[[policy:equality-act §149 "due regard"]]',
            "/policies/equality-act/",
            "Equality Act 2010 §149",
        ),
        ("[[policy:equality-act|the *duty*]]", "/policies/equality-act/", "the *duty*"),
        (
            '[[policy:equality-act §149 "a\nb"|the duty]]',
            "/policies/equality-act/",
            "the duty",
        ),
        ("[[org:CCS]]", "/organisations/ccs/", "Crown & Co <b>"),
        ("[[term:ao]]", "/glossary/ao/", "accounting officer"),
    ],
)
def test_a_citation_becomes_a_link(source, address, words):
    link = soup_of(f"Under {source} it is so.").find("a")

    assert (link["href"], link.get_text()) == (address, words)


@pytest.mark.parametrize(
    "place",
    ["## {}", "- {}", "> {}", "| a | b |\n|---|---|\n| x | {} |", "Term\n: {}"],
)
@pytest.mark.parametrize("name", ["[[term:ao]]", "[[term:ao|who pays]]"])
def test_it_works_wherever_words_stand(place, name):
    soup = soup_of(place.format(name))

    assert soup.find("a", href="/glossary/ao/")
    assert "[[" not in soup.get_text()


def test_in_a_table_a_bar_parts_no_cell():
    soup = soup_of("| [[term:ao|who]] | b |\n|---|---|\n| [[org:ccs\\|it]] | `d` |")

    assert [cell.get_text() for cell in soup.select("th, td")] == [
        *("who", "b"),
        *("it (now <GCA>, since 2026)", "d"),
    ]


@pytest.mark.parametrize(
    "source",
    [
        "`[[term:ao|x]]`",
        "```\n[[term:ao|x]]\n```",
        "    [[term:ao|x]]",
        "\\[[term:ao|x]]",
        "[[term:ao|]]",
        "[[term: ]]",
        "[[words:ao|x]]",
    ],
)
def test_code_and_other_brackets_stay_as_typed(source):
    soup = soup_of(source)

    assert soup.a is None
    assert source.strip("`\n ").replace("\\", "") in soup.get_text()


def test_what_names_nothing_keeps_its_words():
    soup = soup_of("Ask [[org:nobody]] or [[org:nobody|them]].")

    assert soup.get_text().strip() == "Ask nobody or them."
    assert soup.a is None


def test_what_became_of_a_body_is_said_once_and_in_no_heading():
    soup = soup_of("## [[org:ccs]]\n\n[[org:ccs]] and [[org:ccs]]\n\n[[org:ccs|it]]")

    assert [now.get_text() for now in soup.select(".now")] == [
        "(now <GCA>, since 2026)"
    ]
    assert not soup.select("h2 .now")
    assert soup.h2["id"] == "crown-co-b"


def test_blocks_and_sections_are_told_apart():
    rendered = render_guide(
        '## Why\n\n[[policy:equality-act §149 "due  regard"]]\n\n- [[term:ao]]\n',
        REGISTER,
    )

    keys = re.findall('data-block="([^"]+)"', rendered.html)
    assert [c.block for c in rendered.cited] == keys[1:]
    assert rendered.cited[0].section == "§149"
    assert rendered.cited[0].quoted == "due regard"


def test_a_comment_cites_nothing():
    assert "[[term:ao]]" in render_comment("[[term:ao]]")


def test_after_very_many_the_rest_is_shown_as_typed():
    soup = soup_of("[[term:ao]]\n\n" * (MOST + 1))

    assert len(soup.find_all("a")) == MOST
    assert soup.find_all("p")[-1].get_text() == "[[term:ao]]"


@fuzzed
@given(cited)
def test_nothing_that_is_written_breaks_a_page(source):
    rendered = render_guide(source, REGISTER)

    assert_harmless(rendered.html)
    assert sanitise(rendered.html) == rendered.html
    assert "\x01" not in rendered.html + rendered.text
    assert all("\x01" not in token.content for token in read_guide(source, REGISTER))


def test_citations_lead_to_the_pages_of_the_registers():
    pages = {"policy": "policy", "org": "organisation", "term": "term"}

    assert {kind: address_of(kind, "a") for kind in FOLDERS} == {
        kind: reverse(f"landscape:{name}", args=["a"]) for kind, name in pages.items()
    }


@fuzzed
@given(cited)
def test_a_text_is_renewed_as_if_it_were_made_again(source):
    for became in "now Z & Y, since 2027", "":
        later = REGISTER | {("org", "ccs"): Row(2, "Crown & Co <b>", became)}

        again = render_guide(source, later).html

        for html in render_guide(source, REGISTER).html, again:
            assert re.sub(*renewal("ccs", became), html, count=1) == again


@fuzzed
@given(cited)
def test_words_that_are_copied_cite_nothing(source):
    words = " ".join(source.replace("\x01", "").split())
    html = BeautifulSoup("<p></p>", "html.parser")
    html.p.string = words

    assert not render_guide(markdown_from_html(str(html)), REGISTER).cited


def test_elsewhere_a_citation_is_a_whole_link():
    source = (
        "## [[term:ao|x*]]\n\n| [[org:ccs|it]] | [[org:ccs]] |\n|---|---|\n\n"
        "`[[term:ao]]` \\[[term:ao]] [[org:nobody]]\n\n```\n[[term:ao]]\n```"
    )

    assert write_out(source, REGISTER, "https://h.example") == (
        "## [x\\*](https://h.example/glossary/ao/)\n\n"
        "| [it](https://h.example/organisations/ccs/) (now \\<GCA\\>, since 2026) "
        "| [Crown & Co \\<b\\>](https://h.example/organisations/ccs/) |\n|---|---|\n\n"
        "`[[term:ao]]` \\[[term:ao]] nobody\n\n```\n[[term:ao]]\n```"
    )


@fuzzed
@given(cited)
def test_a_text_without_citations_goes_elsewhere_as_it_is(source):
    if not render_guide(source, REGISTER).cited:
        text = render_guide(write_out(source, {}, "https://h.example")).text
        assert text == render_guide(source).text


@pytest.mark.parametrize("family", [name for name in REPEATED if "citation" in name])
def test_twice_as_much_takes_twice_as_long(family):
    half, whole = (
        REPEATED[family] * (n // len(REPEATED[family])) for n in (5000, 10000)
    )

    once = steps(lambda: write_out(half, REGISTER, ""))
    assert steps(lambda: write_out(whole, REGISTER, "")) <= 2.5 * once
