"""The search page shows what the registers have under a name."""

import pytest

from guides.models import EmptySearch
from guides.wave import reorganise
from landscape.models import PolicyRelation
from tests.factories import publish
from tests.guides.landscape import make_body, make_policy, make_term
from tests.pages import visit


def card(page, kind: str) -> str:
    """The words of one group, "" if it is not there."""
    found = page.select_one(f"section.card[aria-labelledby=found-{kind}]")
    return " ".join(found.get_text(" ", strip=True).split()) if found else ""


@pytest.mark.parametrize("words", ["CCS", "ccs", "Crown Commercial Service"])
def test_an_old_body_leads_to_the_new_one_and_says_since_when(reader, gca, words):
    page = visit(reader, "/search/", data={"q": words})

    assert page.select_one(".found a[href='/organisations/gca/']")
    assert "Government Commercial Agency , since 1 April 2026" in card(
        page, "organisation"
    )


@pytest.mark.parametrize("words", ["DLUHC", '"levelling up"', "department levelling"])
def test_a_body_is_found_by_a_name_it_had(reader, mhclg, words):
    page = visit(reader, "/search/", data={"q": words})

    said = card(page, "organisation")
    assert "Ministry of Housing (MHCLG)" in said
    assert "Called Department for Levelling Up (DLUHC) until 10 July 2024" in said


def test_a_body_that_has_a_name_again_says_when_it_had_it(reader, twice):
    page = visit(reader, "/search/?q=MHCLG")

    assert card(page, "organisation").endswith(
        "Ministry of Housing (MHCLG) Had this name before too, 2018 to September 2021 ."
    )


def test_a_body_that_was_split_leads_to_all_by_each_name_it_had(reader, curator, mhclg):
    heirs = [
        make_body(name=f"Office of {what}", slug=what) for what in ("homes", "towns")
    ]
    reorganise(mhclg, status="split", into=heirs, on="2026-04", by=curator)

    for words in "MHCLG", "Ministry of Housing", "DLUHC", "Department for Levelling Up":
        page = visit(reader, "/search/", data={"q": words})
        for heir in heirs:
            assert page.select_one(f".found a[href='/organisations/{heir.slug}/']"), (
                words
            )
        assert "since April 2026" in card(page, "organisation")


def test_bodies_that_merged_lead_to_what_they_are_by_each_name_they_had(
    reader, curator, mhclg, gca
):
    whole = make_body(name="Whole Office", slug="whole")
    for body in mhclg, gca:
        reorganise(body, status="merged", into=[whole], on="2026-05", by=curator)

    for words in "MHCLG", "DLUHC", "Government Commercial Agency", "CCS":
        page = visit(reader, "/search/", data={"q": words})
        assert page.select_one(".found a[href='/organisations/whole/']"), words
        assert "Whole Office" in card(page, "organisation")


def test_a_policy_is_found_by_its_alias_and_says_what_replaced_it(reader, standard):
    old = make_policy(
        title="Old standard", aliases=["GDS standard"], status="superseded"
    )
    PolicyRelation.objects.create(policy=standard, other=old, kind="replaces")

    page = visit(reader, "/search/?q=gds+standard")

    assert "Old standard Replaced by Service Standard" in card(page, "policy")


def test_what_replaced_a_policy_and_was_replaced_too_is_told_as_such(reader):
    old = make_policy(title="Old standard", status="superseded")
    next_one = make_policy(title="Next one", status="withdrawn")
    PolicyRelation.objects.create(policy=next_one, other=old, kind="replaces")

    page = visit(reader, "/search/?q=old+standard")

    said = "Replaced by Next one . That was withdrawn too."
    assert said in card(page, "policy")


def test_a_policy_that_is_being_replaced_holds_until_then(reader, standard):
    old = make_policy(title="Old standard", status="being-replaced")
    given = {"policy": standard, "other": old, "kind": "replaces"}
    PolicyRelation.objects.create(since="2027", **given)

    page = visit(reader, "/search/?q=old+standard")

    said = "Old standard Being replaced by Service Standard , from 2027"
    assert said in card(page, "policy")


def test_a_policy_that_still_holds_for_some_says_so(reader, in_part):
    page = visit(reader, "/search/?q=old+rules")

    said = "It holds no more for new contracts, but still holds for older ones."
    assert said in card(page, "policy")


def test_what_is_not_verified_is_said_in_the_search(reader):
    doubt = {"needs_check": True, "check_note": "It is from memory."}
    make_policy(title="Needle rules", **doubt)
    make_body(name="Needle office", **doubt)
    make_term(slug="needle", short="needle", long="", **doubt)

    page = visit(reader, "/search/?q=needle")

    for kind in "policy", "organisation", "term":
        assert "Not verified. It is from memory." in card(page, kind)


def test_a_term_is_found_by_its_short_and_its_long_form(reader):
    make_term()

    for words in "AO", "accounting+officer":
        page = visit(reader, f"/search/?q={words}")
        assert "AO (accounting officer) Who answers for money." in card(page, "term")


def test_the_nearest_names_come_first_and_the_others_stand_in_the_register(reader):
    for number in range(5):
        make_policy(title=f"A rule about data {number}")
    make_policy(title="Data", slug="data")

    page = visit(reader, "/search/?q=data")

    assert page.select_one("#found-policy + ul a").get_text() == "Data"
    assert page.find("a", href="/policies/?q=data")


def test_guides_come_first_on_a_phone_and_a_search_for_guides_has_no_other(
    reader, standard
):
    publish(title="Service standard")

    page = visit(reader, "/search/?q=service+standard")
    filtered = visit(reader, "/search/?q=service+standard&kind=primer")

    order = [e.name for e in page.select(".results > *")]
    assert order == ["div", "aside"]
    assert card(page, "policy")
    assert not card(filtered, "policy")


def test_what_a_register_answers_is_not_a_search_in_vain(reader, standard):
    visit(reader, "/search/?q=GSS")
    visit(reader, "/search/?q=xylophone")

    assert [row.query for row in EmptySearch.objects.all()] == ["xylophone"]


@pytest.fixture
def changed(curator):
    """Bodies of which one was renamed to another, one was split into two, and two were
    merged into a third; found by the short form of each."""
    body = {
        name: make_body(name=f"{name} Agency", slug=name.lower(), abbreviation=short)
        for name, short in {
            "Renamed": "REN",
            "Later": "LTR",
            "Split": "SPL",
            "Left": "LFT",
            "Right": "RGT",
            "First": "FST",
            "Second": "SND",
            "Merged": "MRG",
        }.items()
    }
    for old, status, new in (
        ("Renamed", "renamed", ["Later"]),
        ("Split", "split", ["Left", "Right"]),
        ("First", "merged", ["Merged"]),
        ("Second", "merged", ["Merged"]),
    ):
        into = [body[name] for name in new]
        reorganise(body[old], status=status, into=into, on="2026-04", by=curator)


@pytest.mark.parametrize(
    ("words", "heirs"),
    [
        (["REN", "renamed agency"], ["later"]),
        (["SPL", "Split Agency"], ["left", "right"]),
        (["FST", "first agency"], ["merged"]),
        (["SND", "Second agency"], ["merged"]),
    ],
)
def test_every_past_name_leads_to_whoever_has_the_work(reader, changed, words, heirs):
    for typed in words:
        search = visit(reader, "/search/", data={"q": typed})
        register = visit(reader, "/organisations/", data={"q": typed})

        for page in search, register:
            for heir in heirs:
                assert page.select_one(f"main a[href='/organisations/{heir}/']")
        assert card(search, "organisation").count(", since April 2026") == len(heirs)


def test_a_body_that_took_another_name_and_was_split_is_found_by_both(reader, curator):
    body, left, right = (make_body(name=f"{n} Board") for n in ("Old", "Left", "Right"))
    reorganise(body, status="renamed", name="New Board", on="2020", by=curator)
    reorganise(body, status="split", into=[left, right], on="2026", by=curator)

    for typed in "Old Board", "New Board":
        said = card(visit(reader, "/search/", data={"q": typed}), "organisation")
        assert "Now Left Board , since 2026 ; Right Board , since 2026" in said
