"""Which words of a text are explained, and as what."""

from html.parser import HTMLParser

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from guides.citations import Row
from guides.markdown import render_guide
from guides.terms import CLOSED, explain
from tests.guides.glossary import PLACES, glossary, meaning
from tests.guides.texts import PIECES, fuzzed

SRO = meaning("SRO", "senior responsible owner", slug="sro")
OWNER = meaning("accounting officer", slug="accounting-officer", aliases=["AO"])
GRADE = meaning("AO", "administrative officer", slug="ao")
BOX = meaning("box")


def linked(typed: str, *meanings, **given) -> list[str]:
    """The words that lead to the list of terms."""
    html = explain(render_guide(typed).html, glossary(*meanings), **given).html
    return [link.text for link in soup(html).select(".term")]


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Ask your SRO. The SRO knows.", ["SRO"]),
        ("Both SROs came.", ["SROs"]),
        ("The SRO’s letter, the 'SRO'.", ["SRO"]),
        ("Sro, sro, SROX, XSRO, SRO2, SRO_, non-SRO, SRO-led, a/SRO, SRO@x.uk", []),
        ("**SRO**s and *S*RO", []),
        ("A *SRO*, then.", ["SRO"]),
        ("Senior responsible owner (SRO)", ["Senior responsible owner"]),
        ("senior responsible\nowners", ["senior responsible\nowners"]),
        (
            "## SRO\n\n> SRO\n\n`SRO` [SRO](/a/)\n\n    SRO\n\nSRO[^1]\n\n[^1]: a",
            ["SRO"],
        ),
        ("![The SRO](/images/" + "a1" * 11 + "-640x400 'SRO')", []),
        ("- an SRO\n\n| SRO |\n|---|\n| b |", ["SRO"]),
    ],
)
def test_the_first_whole_word_in_running_text_is_explained(typed, words):
    assert linked(typed, SRO) == words


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Arm’s length body", ["Arm’s length body"]),
        ("Perm secs R&D", ["Perm secs", "R&D"]),
        ("Don’t", []),
        ("A green book. The Green Book.", ["Green Book"]),
    ],
)
def test_phrases_are_found_however_they_are_written(typed, words):
    terms = [meaning("arm's length body"), meaning("perm sec"), meaning("R&D")]
    terms += [meaning("Green Book"), meaning("don")]

    assert linked(typed, *terms) == words


def test_the_longest_form_wins():
    assurance = meaning("service assurance board", slug="board")
    terms = [meaning("service"), meaning("service assurance"), assurance]

    assert linked("The service assurance board.", *terms) == ["service assurance board"]
    assert linked("A service assurance.", *terms) == ["service assurance"]


def test_a_longer_word_that_is_left_alone_is_not_taken_apart():
    act = meaning("act of Parliament", is_explained=False)

    assert linked("An act of Parliament.", act, meaning("act")) == []


def test_the_narrowest_place_wins_and_falls_back_outwards():
    terms = [
        meaning("ICB", "integrated care board", slug="england", places=["england"]),
        meaning("ICB", "international board", slug="uk", places=["uk"]),
        meaning("ICB", "in any place", slug="any"),
    ]

    def chosen(*places):
        html = "<p>The ICB.</p>"
        [term] = explain(html, glossary(*terms), places=places).terms
        return term["slug"]

    assert chosen("england") == "england"
    assert chosen("wales") == chosen("uk") == chosen() == "uk"
    assert chosen("atlantis") == "any"


def test_a_term_of_elsewhere_is_not_explained_but_one_of_a_part_is():
    term = meaning("MS", "Member of the Senedd", places=["wales"])

    assert linked("An MS.", term, places=["england"]) == []
    assert linked("An MS.", term, places=["wales"]) == ["MS"]
    found = explain("<p>An MS.</p>", glossary(term), places=["uk"])
    assert found.terms[0]["meanings"][0]["place"] == "Wales"
    assert "Member of the Senedd (Wales): What" in found.html


def test_a_short_form_with_several_meanings_offers_all():
    found = explain("<p>An AO.</p>", glossary(OWNER, GRADE))

    [term] = found.terms
    assert {each["slug"] for each in term["meanings"]} == {"ao", "accounting-officer"}
    [link] = soup(found.html).select(".term")
    assert link["href"] == f"#term-{term['slug']}"
    assert link["data-meaning"].startswith("AO can mean: ")


@pytest.mark.parametrize("typed", ["An administrative officer (AO).", "AO: {0} here."])
def test_a_text_that_spells_a_word_out_means_that(typed):
    typed = typed.format("administrative officer")
    found = explain(f"<p>{typed}</p>", glossary(OWNER, GRADE))

    assert [term["slug"] for term in found.terms] == ["ao"]
    assert len(found.terms[0]["meanings"]) == len(soup(found.html).select(".term")) == 1


def test_the_writer_can_choose_a_meaning_or_none():
    assert linked("An AO in a box.", OWNER, GRADE, BOX, muted=["ao", "Box"]) == []
    chosen = explain("<p>An AO.</p>", glossary(OWNER, GRADE), pinned=["ao"])
    assert [term["slug"] for term in chosen.terms] == ["ao"]
    plain = meaning("box", is_explained=False)
    assert linked("A box.", plain) == []
    assert linked("A box.", plain, pinned=["box"]) == ["box"]


def test_a_link_to_a_term_is_its_first_use_wherever_it_stands():
    box = meaning("box", is_explained=False)
    found = explain(
        render_guide("A box. The [red box](/glossary/box/), a box.").html, glossary(box)
    )

    [link] = soup(found.html).select(".term")
    assert (link.text, link["href"], link["id"]) == (
        *("red box", "/glossary/box/", "term--box"),
    )
    assert [term["slug"] for term in found.terms] == ["box"]
    assert explain('<p><a href="/glossary/no/">x</a></p>', glossary(box)).terms == []


def test_what_became_of_a_body_stays_as_it_is_told():
    html = render_guide("The [[org:ccs]], the SRO.", BODIES).html

    found = explain(html, glossary(SRO, GRADE))

    assert "(now AO and SRO)</span>" in found.html
    assert [link.text for link in soup(found.html).select(".term")] == ["SRO"]


def test_an_old_word_says_so_and_what_is_said_now():
    old = meaning("DDaT", is_old=True, now="GDaD")

    html = explain("<p>A DDaT role.</p>", glossary(old)).html

    assert "What DDaT means. This is an old word. Now: GDaD." in html


def test_what_is_not_verified_of_a_word_is_said():
    doubted = meaning("AO", "administrative officer", doubt="It is from memory.")

    alone = explain("<p>An AO.</p>", glossary(doubted))
    both = explain("<p>An AO.</p>", glossary(OWNER, doubted))

    said = "What administrative officer means. Not verified. It is from memory."
    assert said in alone.html
    assert alone.terms[0]["meanings"][0]["doubt"] == "It is from memory."
    assert "administrative officer (not verified)" in both.html


def test_what_a_term_says_cannot_become_part_of_the_page():
    hostile = meaning("XSS", '"><b>&', slug="xss", meaning="<script>'\"&amp;")

    html = explain("<p>XSS &lt;b&gt; R&amp;D</p>", glossary(hostile)).html

    page = soup(html)
    assert [tag.name for tag in page.find_all()] == ["p", "a"]
    assert page.text == "XSS <b> R&D"
    assert page.a["data-meaning"] == '"><b>&: <script>\'"&amp;'


def test_the_list_is_in_the_order_of_the_alphabet():
    found = explain("<p>SRO, box and AO.</p>", glossary(SRO, GRADE, BOX))

    assert [term["word"] for term in found.terms] == ["AO", "box", "SRO"]


# What stands in the place of a body may have the name of a term.
BODIES = {("org", "ccs"): Row(1, "Box Office", "now AO and SRO")}
TERMS = [
    *(SRO, OWNER, GRADE, BOX, meaning("a"), meaning("é"), meaning("R&D")),
    *(meaning("box file"), meaning("owner", places=["england"])),
]
WORDS = st.sampled_from(
    [
        *("SRO", "SROs", "AO", "box", "Box", "box file", "senior responsible owner"),
        *("accounting officer", "R&D", "a", "é", "owner", " ", "s", "’s", "-", "SROx"),
        *("[SRO](/a/)", "`AO`", "> SRO", "## SRO", "*SRO*", "[a](/glossary/box/)"),
        "[[org:ccs]]",
    ]
)
TYPED = st.lists(st.one_of(WORDS, PIECES, st.just(" ")), max_size=40).map("".join)


@fuzzed
@given(TYPED, st.sets(st.sampled_from([*PLACES])), st.sets(WORDS, max_size=2))
def test_whatever_is_typed_only_first_whole_words_of_running_text_lead_away(
    typed, places, muted
):
    html = render_guide(typed, BODIES).html

    found = explain(html, glossary(*TERMS), places=places, muted=muted)

    assert words_of(found.html) == words_of(html)
    before, after = soup(html), soup(found.html)
    links = after.select("a.term")
    own = [link for link in links if link["href"].startswith("#")]
    assert not [link for link in own if link.find_parent(list(CLOSED))]
    assert all(_is_whole(link) for link in own)
    assert not after.select(".now *")
    ids = [link["id"] for link in links]
    assert len(ids) == len(set(ids)) == len(found.terms)
    slugs = [m["slug"] for term in found.terms for m in term["meanings"]]
    assert len(slugs) == len(set(slugs))
    for link in own:
        link.unwrap()
    for link in after.select("a.term"):
        for name in "id", "class", "aria-describedby", "data-meaning":
            del link[name]
    # Beautiful Soup makes one space of several between two elements.
    assert str(after).split() == str(before).split()


def words_of(html: str) -> str:
    """The text of the HTML, space for space."""
    words = []
    parser = HTMLParser()
    parser.handle_data = words.append
    parser.feed(html)
    parser.close()
    return "".join(words)


def _is_whole(link) -> bool:
    """Whether no letter touches the word, in whatever mark it stands."""
    around = link.find_parent(["p", "li", "td", "th", "dt", "dd", "div"])
    words = "".join(
        "\N{NULL}" if text.parent is link else text
        for text in around.find_all(string=True)
    )
    before, _, after = words.partition("\N{NULL}")
    return not before[-1:].isalnum() and not after[:1].isalnum()
