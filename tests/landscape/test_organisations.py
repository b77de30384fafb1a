"""The register of public bodies, as readers see it."""

import pytest

from landscape.models import Succession
from tests.guides.landscape import make_body
from tests.landscape.test_policies import titles, words_of
from tests.pages import visit


def become(old, new, kind, on="2023-02-07", **given):
    return Succession.objects.create(old=old, new=new, kind=kind, on=on, **given)


def boxes(page) -> list[str]:
    """The lines of text in the boxes of the picture, from the top."""
    lines = page.select(".lineage text:not(.lineage__years)")
    return [line.get_text() for line in sorted(lines, key=lambda line: int(line["y"]))]


def test_bodies_stand_as_a_tree_folded_below_what_they_belong_to(reader, ccs):
    ministry = make_body(name="Ministry", slug="ministry")
    agency = make_body(name="Agency", slug="agency", parent=ministry)
    make_body(name="Team", slug="team", parent=agency)
    make_body(name="Zoo", slug="zoo")

    page = visit(reader, "/organisations/")

    assert [li.a.get_text() for li in page.select("main .tree > li")] == [
        *("Ministry", "Agency", "Team", "Zoo")
    ]
    folded = page.select_one(".tree > li > details .tree .tree a")
    assert folded.get_text() == "Team"
    assert page.select_one(".tree summary").get_text() == "1 part of Ministry"


def test_a_to_z_has_every_name_that_is_or_was(reader, mhclg, ccs, gca):
    page = visit(reader, "/organisations/?letter=d")

    assert titles(page) == ["Department for Levelling Up"]
    assert "A name until 10 July 2024. Today: Ministry of Housing." in words_of(page)
    letters = [a.get_text() for a in page.select(".letters a")]
    assert letters == ["C", "D", "G", "M"]


def test_a_body_that_is_not_verified_is_marked_in_every_list(reader, gca):
    doubt = {"needs_check": True, "check_note": "It is from memory."}
    office = make_body(name="Office", slug="office", parent=gca, **doubt)
    office.former_names.create(name="Old office", until="2020")

    page = visit(reader, "/organisations/")

    assert "Government Commercial Agency 1 part" in words_of(page)
    assert words_of(page.select_one(".tree .tree li")) == "Office Not verified"
    parts = visit(reader, "/organisations/gca/").find(id="parts").parent
    assert "Office Not verified" in words_of(parts)
    for words in "?letter=O", "?q=old+office":
        rows = visit(reader, f"/organisations/{words}").select(".card-row")
        assert rows
        assert all("Not verified" in words_of(row) for row in rows)


@pytest.mark.parametrize("words", ["CCS", "ccs", "crown+service"])
def test_a_body_that_is_no_more_leads_to_who_has_its_work(reader, gca, words):
    page = visit(reader, f"/organisations/?q={words}")

    row = page.select_one(".card-row")
    assert row.find("a", href="/organisations/gca/")
    assert "1 April 2026" in row.get_text()


def test_a_letter_that_is_none_is_a_worded_404(reader):
    visit(reader, "/organisations/?letter=4", 404)
    visit(reader, "/glossary/?letter=ab", 404)


def test_a_body_says_what_it_is_and_what_belongs_to_it(reader, gca, standard):
    parent = make_body(name="Cabinet Office", slug="co")
    gca.parent, gca.purpose = parent, "Sets up framework agreements."
    gca.save()

    here = visit(reader, "/organisations/gca/")
    above = visit(reader, "/organisations/co/")

    assert "Sets up framework agreements." in words_of(here)
    assert here.find("a", href="/organisations/co/")
    assert here.find("a", href="/policies/service-standard/")
    assert above.find("a", href="/organisations/gca/")


def test_a_rename_is_drawn_and_told_on_both_pages(reader, ccs, gca):
    for body in ccs, gca:
        page = visit(reader, body.get_absolute_url())

        names = " ".join(boxes(page))
        assert names == "Crown Commercial Service Government Commercial Agency"
        told = words_of(page.select_one("ol.steps"))
        assert told.endswith(
            "Crown Commercial Service became Government Commercial Agency."
        )
    notice = visit(reader, ccs.get_absolute_url()).select_one(".notice--alert")
    assert notice.find("a", href="/organisations/gca/")


def test_a_name_that_a_body_had_is_drawn_and_told(reader, mhclg):
    page = visit(reader, mhclg.get_absolute_url())

    assert " ".join(boxes(page)) == "Department for Levelling Up Ministry of Housing"
    told = words_of(page.select_one("ol.steps"))
    names = "Department for Levelling Up took the name Ministry of Housing."
    assert told == f"10 July 2024: {names}"


def test_a_name_that_a_body_has_again_is_told_as_such(reader, twice):
    page = visit(reader, twice.get_absolute_url())

    assert " ".join(boxes(page)) == (
        "Ministry of Housing Department for Levelling Up Ministry of Housing"
    )
    told = words_of(page.select_one("ol.steps"))
    assert told == (
        "September 2021: Ministry of Housing took the name Department for Levelling "
        "Up. 10 July 2024: Department for Levelling Up took the name Ministry of "
        "Housing."
    )
    again = "Ministry of Housing (MHCLG), 2018 to September 2021, and again now"
    assert again in words_of(page)
    rows = visit(reader, "/organisations/?q=MHCLG").select(".card-row")
    assert sorted(words_of(row) for row in rows) == [
        "Ministry of Housing (MHCLG)",
        "Ministry of Housing (MHCLG) A name it had before too, 2018 to September 2021.",
    ]


def test_names_with_a_gap_between_them_are_not_joined(reader, mhclg):
    mhclg.former_names.create(name="Department for Communities", until="2018")

    page = visit(reader, mhclg.get_absolute_url())

    told = words_of(page.select_one("ol.steps"))
    assert told.startswith(
        "2018: It was no longer called Department for Communities. "
        "September 2021: It took the name Department for Levelling Up."
    )


def test_a_split_leads_on_to_each_part(reader):
    old = make_body(name="A", slug="a", status="split", closed="2023")
    for name in "BC":
        become(old, make_body(name=name, slug=name.lower()), "split")

    page = visit(reader, "/organisations/a/")

    heirs = page.select(".notice--alert a")
    assert [link.get_text() for link in heirs] == ["B", "C"]
    assert boxes(page)[0] == "A"


def test_a_merger_has_both_that_came_before(reader):
    new = make_body(name="C", slug="c")
    for name in "AB":
        given = {"status": "merged", "closed": "2023"}
        become(make_body(name=name, slug=name.lower(), **given), new, "merged")

    page = visit(reader, "/organisations/c/")

    assert sorted(boxes(page)) == ["A", "B", "C"]
    assert len(page.select(".lineage path")) == 2


def test_an_heir_of_an_heir_is_who_has_the_work_today(reader, ccs, gca):
    older = make_body(slug="ogc", name="Office", status="renamed", closed="2014")
    become(older, ccs, "renamed", "2014")

    page = visit(reader, "/organisations/ogc/")

    assert [a["href"] for a in page.select(".notice--alert a")] == [
        "/organisations/gca/"
    ]


@pytest.mark.parametrize("address", ["ccs/", "?q=CCS"])
def test_an_heir_that_has_another_name_has_it_since_then(reader, gca, address):
    gca.former_names.create(name="Buying Agency", until="2027-02")

    page = visit(reader, f"/organisations/{address}")

    said = "Now Government Commercial Agency, since February 2027."
    assert said in words_of(page)


def test_of_heirs_that_ended_the_last_is_named_as_such(reader, ccs, gca):
    ccs.former_names.create(name="Buying Office", until="2014")
    gca.status, gca.closed = "closed", "2027-05"
    gca.save()

    later = "Later Government Commercial Agency, which ended May 2027."
    for address in "organisations/ccs/", "organisations/?q=CCS":
        assert later in words_of(visit(reader, f"/{address}"))
    assert later in words_of(visit(reader, "/search/?q=CCS"))
    row = words_of(visit(reader, "/organisations/?q=buying+office"))
    assert "until 2014. Later: Crown Commercial Service. Later Government" in row


def test_part_of_the_work_is_a_dashed_line_and_no_heir(reader):
    old, new = make_body(name="A", slug="a"), make_body(name="B", slug="b")
    become(old, new, "took-over", note="Digital policy.")

    page = visit(reader, "/organisations/b/")

    assert page.select_one(".lineage__part")
    told = words_of(page.select_one("ol.steps"))
    assert "B took over part of the work of A. Digital policy." in told


def test_a_picture_has_a_text_in_its_place_and_no_style_of_its_own(reader, gca):
    svg = visit(reader, gca.get_absolute_url()).select_one(".lineage svg")

    assert svg["role"] == "img"
    assert svg["aria-label"]
    assert not svg.select("[style], [fill]")
