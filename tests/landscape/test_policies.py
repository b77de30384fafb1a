"""The register of policies, as readers see it."""

import pytest
from django.core.exceptions import ValidationError

from landscape.models import PolicyRelation
from tests.guides.landscape import citing, make_policy, make_term
from tests.pages import visit


def titles(page) -> list[str]:
    return [link.get_text() for link in page.select(".card-row__title a")]


def words_of(page) -> str:
    """The words of a page, or of a part of one."""
    return " ".join((page.main or page).get_text().split())


def test_every_policy_is_listed_by_its_title(reader, standard):
    make_policy(title="Accessibility regulations")

    page = visit(reader, "/policies/")

    assert titles(page) == ["Accessibility regulations", "Service Standard"]
    assert page.select_one("#found").get_text() == "2 policies"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=standard", ["Service Standard"]),
        ("status=withdrawn", ["Old law"]),
        ("force=law", ["Old law"]),
        ("owner=gca", ["Service Standard"]),
        ("kind=standard&status=withdrawn", []),
        ("q=GSS", ["Service Standard"]),
        ("q=gss", ["Service Standard"]),
        ("q=by+default", ["Service Standard"]),
        ("q=standard+digital", ["Service Standard"]),
        ("q=law", ["Old law"]),
        ("q=%25", []),
    ],
)
def test_filters_and_words_narrow_the_list(reader, standard, query, found):
    make_policy(title="Old law", kind="act", status="withdrawn", force="law")

    page = visit(reader, f"/policies/?{query}")

    assert titles(page) == found
    assert page.find("meta", content="noindex, follow")


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("scotland", ["Everywhere", "Scottish"]),
        ("wales", ["Everywhere"]),
        ("uk", ["Everywhere"]),
    ],
)
def test_a_place_has_the_policies_of_wider_places_too(reader, places, place, found):
    make_policy(title="Everywhere").jurisdictions.set([places["uk"]])
    make_policy(title="Scottish").jurisdictions.set([places["scotland"]])

    assert titles(visit(reader, f"/policies/?place={place}")) == found


@pytest.mark.parametrize("name", ["kind", "status", "force", "owner", "place", "page"])
def test_a_value_that_no_list_has_is_a_worded_404(reader, name):
    assert "There is no" in words_of(visit(reader, f"/policies/?{name}=x", 404))


def test_a_policy_says_what_it_is_why_it_matters_and_whom_it_binds(reader, standard):
    page = visit(reader, "/policies/service-standard/")

    words = words_of(page)
    assert "What services must meet." in words
    assert "Assessors ask for it." in words
    assert "Departments of central government and their agencies must" in words
    assert "Councils, the NHS and police: it does not bind them." in words
    assert page.find("a", href="https://policy.example/")
    assert page.find("a", href="/organisations/gca/")
    assert page.find("time", datetime="2019-05").get_text() == "May 2019"
    assert page.find("link", rel="canonical")["href"].endswith("/service-standard/")


@pytest.mark.parametrize(
    ("reach", "words"),
    [
        ("bound", "it applies to them in the same way"),
        ("some", "it applies to some of them only"),
        ("encouraged", "They are only encouraged to follow it"),
        ("outside", "it is not about them"),
    ],
)
def test_it_says_whether_it_binds_councils_the_nhs_and_police(reader, reach, words):
    policy = make_policy(reach=reach)

    assert words in words_of(visit(reader, policy.get_absolute_url()))


@pytest.mark.parametrize(
    ("force", "words"),
    [
        ("law", "It is law."),
        ("mandatory-central", "must follow it"),
        ("comply-or-explain", "say in writing why you do not"),
        ("recommended", "No law makes you meet it. Expect to be asked why"),
        ("convention", "by custom"),
    ],
)
def test_its_force_is_said_in_plain_words(reader, force, words):
    policy = make_policy(force=force)

    assert words in words_of(visit(reader, policy.get_absolute_url()))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (
            {"kind": "guidance", "force": "recommended"},
            "It is advice, and often what people expect of you.",
        ),
        (
            {"kind": "strategy", "force": "direction"},
            "It says what the government plans to do. It is not a rule.",
        ),
        (
            {"kind": "framework-agreement", "force": "open-to-use"},
            "Public bodies can buy through it. What binds you is the contract that was "
            "made under it. Councils, the NHS and police: they can buy through it too.",
        ),
    ],
)
def test_what_is_no_rule_is_not_asked_after(reader, given, words):
    policy = make_policy(**given)

    said = words_of(visit(reader, policy.get_absolute_url()))

    assert words in said
    assert "Expect to be asked" not in said


def test_a_policy_that_was_superseded_in_part_says_what_it_holds_for(reader, in_part):
    said = "This holds no more for new contracts, but still holds for older ones."

    page = visit(reader, in_part.get_absolute_url())

    notice = words_of(page.select_one(".notice--alert"))
    assert notice.startswith(f"{said} It was superseded: 24 February 2025.")
    assert "New rules, since 24 February 2025, for new contracts." in notice
    assert page.select_one(".pill").get_text() == "Superseded in part"
    assert "Where it still holds: Departments" in words_of(page)
    after = words_of(visit(reader, "/policies/new-rules/"))
    assert "for new contracts, but that still holds for older ones." in after


def test_lists_say_too_that_a_policy_was_superseded_in_part(reader, gca, in_part):
    whole = make_policy(title="Whole rules", status="superseded", owner=gca)
    in_part.owner = gca
    in_part.save()

    rows = visit(reader, "/policies/?status=superseded").select(".card-row")
    beside = visit(reader, gca.get_absolute_url()).find(id="policies").parent

    pills = [row.select_one(".pill").get_text() for row in rows]
    assert pills == ["Superseded in part", "Superseded"]
    assert [words_of(li) for li in beside.select("li")] == [
        f"{in_part} (superseded in part)",
        f"{whole} (superseded)",
    ]


def test_what_is_replaced_without_a_limit_holds_for_nothing(reader, in_part):
    more = make_policy(title="Newest rules")
    PolicyRelation.objects.create(policy=more, other=in_part, kind="replaces")

    page = visit(reader, in_part.get_absolute_url())

    assert "This no longer holds." in words_of(page.select_one(".notice--alert"))
    assert page.select_one(".pill").get_text() == "Superseded"


def test_what_is_being_replaced_is_not_told_as_replaced(reader, standard):
    old = make_policy(slug="old", title="Old standard", status="being-replaced")
    given = {"policy": standard, "other": old, "kind": "replaces"}
    PolicyRelation.objects.create(since="2027-04", **given)

    before, after = (visit(reader, f"/policies/{s}/") for s in ("old", standard.slug))

    notice = words_of(before.select_one(".notice"))
    assert notice.endswith("What comes: Service Standard, from April 2027.")
    beside = words_of(before.find(id="before-after").parent)
    assert "It is to be replaced by Service Standard, from April 2027." in beside
    assert "It is to replace Old standard, from April 2027." in words_of(after)


def test_what_still_holds_is_replaced_for_something_else(standard, in_part):
    step = PolicyRelation(
        policy=standard, other=in_part, kind="replaces", still_for="for a few"
    )

    with pytest.raises(ValidationError, match="Say for what it is replaced"):
        step.full_clean()


def test_a_policy_that_was_superseded_leads_to_what_holds_instead(reader, standard):
    old = make_policy(
        slug="old", title="Old standard", status="superseded", ended="2019-06-30"
    )
    PolicyRelation.objects.create(
        policy=standard,
        other=old,
        kind="replaces",
        since="2019-06-30",
        scope="all of it",
    )

    before, after = (visit(reader, f"/policies/{s}/") for s in ("old", standard.slug))

    notice = before.select_one(".notice--alert")
    assert notice.find("a", href="/policies/service-standard/")
    assert "30 June 2019, all of it" in notice.get_text()
    assert "It replaced Old standard, 30 June 2019" in words_of(after).replace(
        " ,", ","
    )


def test_other_ties_are_told_from_both_sides(reader, standard):
    control = make_policy(title="Spend control")
    PolicyRelation.objects.create(policy=control, other=standard, kind="tests-against")

    here = words_of(visit(reader, control.get_absolute_url()))
    there = words_of(visit(reader, standard.get_absolute_url()))

    assert "It tests against Service Standard" in here
    assert "It is tested against by Spend control" in there


def test_what_is_not_verified_is_said_to_readers(reader):
    policy = make_policy(needs_check=True, check_note="The date is from memory.")

    page = visit(reader, policy.get_absolute_url())

    assert "Not verified. The date is from memory." in words_of(page)
    assert "Not verified" in words_of(visit(reader, "/policies/"))


def test_words_and_guides_about_a_policy_stand_on_its_page(reader, standard):
    make_term(policy=standard)
    guide = citing(standard)

    page = visit(reader, standard.get_absolute_url())

    assert page.find("a", href="/glossary/ao/")
    assert page.find("a", href=guide.get_absolute_url())


def test_a_word_about_a_policy_that_is_not_verified_says_so(reader, standard):
    make_term(policy=standard, needs_check=True, check_note="It is from memory.")

    page = visit(reader, standard.get_absolute_url())

    said = "Who answers for money. Not verified. It is from memory."
    assert said in words_of(page.find(id="words").parent)


def test_no_row_is_a_worded_404(reader):
    for address in "/policies/x/", "/organisations/x/", "/glossary/x/":
        visit(reader, address, 404)


def replace(old, new, **given) -> None:
    """Say that one policy replaces another one."""
    given = {"since": "2024"} | given
    PolicyRelation.objects.create(policy=new, other=old, kind="replaces", **given)


def notice_of(browser, policy) -> str:
    return words_of(visit(browser, policy.get_absolute_url()).select_one(".notice"))


@pytest.fixture
def chain():
    """Three policies, of which each replaced the one before it."""
    ended = {"status": "superseded", "ended": "2025"}
    first = make_policy(title="First rules", **ended)
    second = make_policy(title="Second rules", **ended)
    third = make_policy(title="Third rules")
    replace(first, second, scope="for projects")
    replace(second, third, since="2025-06")
    return first, second, third


def test_what_holds_instead_is_what_holds_today(reader, chain):
    said = notice_of(reader, chain[0])

    assert said.endswith(
        "What holds instead: Third rules, since June 2025, for projects."
    )
    beside = visit(reader, chain[0].get_absolute_url()).find(id="before-after").parent
    assert "It is replaced by Second rules, 2024, for projects." in words_of(beside)


def test_where_nothing_holds_instead_what_did_last_is_said(reader, chain):
    third = chain[2]
    third.status, third.ended = "withdrawn", "2026"
    third.save()

    assert notice_of(reader, chain[0]).endswith(
        "What came after it: Third rules, since June 2025, for projects. That was "
        "withdrawn too: 2026."
    )


def test_what_holds_in_part_is_named_with_what_replaced_the_rest(reader, in_part):
    first = make_policy(title="First rules", status="superseded")
    replace(first, in_part)

    said = notice_of(reader, first)

    assert "Old rules, since 2024. It holds no more for new contracts, but" in said
    assert "What holds instead: New rules, since 24 February 2025, for new" in said


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("being-replaced", "What holds instead: Next, since 2024. It is being repl"),
        ("proposed", "What comes: Next, from 2024. It is only proposed."),
    ],
)
def test_how_what_replaced_it_stands_is_said(reader, status, said):
    old = make_policy(status="superseded")
    replace(old, make_policy(title="Next", status=status))

    assert said in notice_of(reader, old)


def test_two_ways_to_one_policy_name_it_once(reader, chain):
    first, _, third = chain
    replace(first, third, since="2026")

    assert notice_of(reader, first).count("Third rules") == 1
