"""The glossary, as readers see it."""

import pytest

from tests.guides.landscape import make_body, make_term
from tests.landscape.test_policies import words_of
from tests.pages import visit


def shorts(page) -> list[str]:
    return [next(a.stripped_strings) for a in page.select(".glossary__word a")]


@pytest.fixture
def two_meanings(places):
    """One short form that means two things, each in its place."""
    money = make_term(since="1997")
    money.jurisdictions.set([places["uk"]])
    grade = make_term(
        slug="ao-grade", long="administrative officer", meaning="A grade."
    )
    grade.jurisdictions.set([places["scotland"]])
    return money, grade


def test_terms_stand_in_the_order_of_letters(reader):
    for short in "SRO", "alpha", "Beta":
        make_term(slug=short.lower(), short=short, long="")

    assert shorts(visit(reader, "/glossary/")) == ["alpha", "Beta", "SRO"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=AO", ["AO"]),
        ("q=a", ["AO"]),
        ("q=accounting", ["AO"]),
        ("q=OFFICER+account", ["AO"]),
        ("q=perm+sec", ["PS"]),
        ("letter=P", ["PS"]),
        ("q=zebra", []),
    ],
)
def test_a_term_is_found_by_any_of_its_forms(reader, query, found):
    make_term()
    make_term(slug="ps", short="PS", long="permanent secretary", aliases=["perm sec"])

    assert shorts(visit(reader, f"/glossary/?{query}")) == found


def test_a_term_has_every_meaning_of_its_short_form_by_place(reader, two_meanings):
    page = visit(reader, "/glossary/ao/")

    words = words_of(page)
    assert "Who answers for money." in page.select_one(".lede").get_text()
    assert page.find("a", href="/glossary/ao-grade/")
    assert "A grade. Scotland" in words
    assert "United Kingdom" in page.select_one(".kicker").get_text()


def test_an_old_word_says_what_people_say_now(reader):
    now = make_term(slug="gca", short="GCA", long="")
    make_term(slug="ccs", short="CCS", long="", until="2026-04", replaced_by=now)

    page = visit(reader, "/glossary/ccs/")

    assert "used until April 2026" in words_of(page)
    assert page.select_one(".notice a")["href"] == "/glossary/gca/"


def test_a_row_says_what_is_not_verified(reader, two_meanings):
    for term in two_meanings:
        term.needs_check, term.check_note = True, f"Is it {term.slug}?"
        term.save()

    listed = words_of(visit(reader, "/glossary/"))
    beside = words_of(visit(reader, "/glossary/ao/").find(id="others").parent)

    assert "Not verified. Is it ao?" in listed
    assert "A grade. Not verified. Is it ao-grade?" in listed
    assert "A grade. Not verified. Is it ao-grade?" in beside


def test_a_term_says_where_its_meaning_is_from(reader):
    make_term(
        organisation=make_body(slug="hmt"),
        sources=["https://money.example/"],
        needs_check=True,
        check_note="Its origin.",
    )

    page = visit(reader, "/glossary/ao/")

    assert page.find("a", href="https://money.example/")
    assert page.find("a", href="/organisations/hmt/")
    assert "Not verified. Its origin." in words_of(page)
