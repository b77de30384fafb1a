"""The registers in the hands of curators."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from landscape.models import (
    FormerName,
    Organisation,
    Policy,
    PolicyRelation,
    Succession,
)
from tests.guides.landscape import citing, make_body, make_policy, make_term


@pytest.fixture
def admin(browser_of, curator, settings):
    """The curator's browser. Django's own forms look up chosen rows one by one."""
    settings.MIDDLEWARE = [n for n in settings.MIDDLEWARE if "zeal" not in n]
    return browser_of(curator)


def listed(answer) -> list[str]:
    return [str(row) for row in answer.context["cl"].result_list]


def rows_of(prefix: str, *rows: dict, there: int = 0) -> dict:
    """What the form of a list inside a row sends."""
    counts = {"TOTAL_FORMS": len(rows), "INITIAL_FORMS": there}
    sent = {f"{prefix}-{name}": value for name, value in counts.items()}
    for number, row in enumerate(rows):
        sent |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return sent


def form_of(body: Organisation, **given) -> dict:
    """What the form of a body sends."""
    sent = {"name": body.name, "kind": body.kind, "aliases": "", "opened": ""}
    return {
        **sent,
        **rows_of("former_names"),
        **rows_of("origins"),
        **rows_of("origins-2"),
        **given,
    }


@pytest.mark.parametrize("words", ["MHCLG", "dluhc", "levelling up", "ministry"])
def test_a_body_is_found_by_any_name_it_has_or_had(admin, mhclg, words):
    make_body(name="Something else")

    found = admin.get("/admin/landscape/organisation/", {"q": words})
    choice = {"app_label": "landscape", "model_name": "policy", "field_name": "owner"}
    offered = admin.get("/admin/autocomplete/", choice | {"term": words}).json()

    assert listed(found) == ["Ministry of Housing"]
    assert [row["text"] for row in offered["results"]] == ["Ministry of Housing"]


def test_a_policy_and_a_term_are_found_by_their_aliases(admin, standard):
    make_term(aliases=["budget holder"])

    policies = admin.get("/admin/landscape/policy/?q=by+default")
    terms = admin.get("/admin/landscape/term/?q=budget+hol")

    assert listed(policies) == ["Service Standard"]
    assert listed(terms) == ["AO (accounting officer)"]


def test_a_list_shows_what_is_due_for_checking(admin):
    today = timezone.localdate()
    old = today - timedelta(days=200)
    make_policy(title="Fresh", checked_on=today)
    make_policy(title="Old", checked_on=old)
    make_policy(title="Never")
    doubt = {"needs_check": True, "check_note": "All of it."}
    make_policy(title="Doubted", checked_on=today, **doubt)

    found = {
        what: listed(admin.get(f"/admin/landscape/policy/?check={what}"))
        for what in ("due", "doubted", "old")
    }

    assert found == {
        "due": ["Doubted", "Never", "Old"],
        "doubted": ["Doubted"],
        "old": ["Never", "Old"],
    }


def fields_of(page: str) -> set[str]:
    return {
        field.get("name")
        for field in BeautifulSoup(page, "html.parser").select("[name]")
    }


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("policy", {"status", "slug"}),
        ("organisation", {"status", "slug", "name", "abbreviation", "closed"}),
    ],
)
def test_what_guides_tell_is_written_once_and_then_changed_by_its_own_action(
    admin, standard, gca, name, told
):
    row = {"policy": standard, "organisation": gca}[name]

    new = admin.get(f"/admin/landscape/{name}/add/").content.decode()
    there = admin.get(f"/admin/landscape/{name}/{row.pk}/change/").content.decode()

    assert told <= fields_of(new)
    assert not told & fields_of(there)
    assert "View on site" in there


def test_what_is_sent_all_the_same_is_passed_over(admin, gca):
    address = f"/admin/landscape/organisation/{gca.pk}/change/"
    origin = gca.origins.get()
    there = {"id": origin.pk, "new": gca.pk, "old": origin.old_id, "on": "1999"}
    there |= {"kind": "renamed", "note": "All."}
    told = {"status": "closed", "name": "Other", "purpose": "It buys."}
    sent = form_of(gca, **told, **rows_of("origins", there, there=1))

    assert admin.post(address, sent).status_code == 302

    before = gca.name, origin.on
    gca.refresh_from_db()
    origin.refresh_from_db()
    assert (gca.status, gca.purpose) == ("active", "It buys.")
    assert (gca.name, origin.on) == before


def test_names_of_before_and_work_taken_over_are_written_on_the_page(admin, ccs):
    body = make_body(name="Agency")
    address = f"/admin/landscape/organisation/{body.pk}/change/"
    name = {"name": "Bureau", "since": "2001", "until": "2009-05"}
    step = {"old": ccs.pk, "kind": "took-over", "on": "2026-04-01"}
    sent = form_of(body, **rows_of("former_names", name), **rows_of("origins-2", step))

    assert admin.post(address, sent).status_code == 302

    assert str(body.former_names.get()) == "Bureau (until May 2009)"
    assert body.origins.get().old == ccs


def test_a_body_takes_back_work_that_it_gave_away(admin, ccs):
    body = make_body(name="Agency")
    Succession.objects.create(old=body, new=ccs, kind="took-over", on="2020")
    step = {"old": ccs.pk, "kind": "took-over", "on": "2026-04-01"}
    sent = form_of(body, **rows_of("origins-2", step))

    answer = admin.post(f"/admin/landscape/organisation/{body.pk}/change/", sent)

    assert answer.status_code == 302
    assert body.origins.get().old == ccs


def test_a_new_body_names_those_before_it(admin, ccs):
    step = {"old": ccs.pk, "kind": "merged", "on": "2026-04-01"}
    sent = {"name": "Agency", "slug": "agency", "kind": "team", "status": "active"}
    sent |= {"aliases": "", **rows_of("former_names"), **rows_of("origins-2")}

    answer = admin.post(
        "/admin/landscape/organisation/add/", sent | rows_of("origins", step)
    )

    assert answer.status_code == 302
    assert Organisation.objects.get(slug="agency").origins.get().old == ccs


def test_a_new_body_is_not_in_the_place_of_one_at_work(admin, ccs):
    at_work = make_body(name="Old Agency")
    steps = [{"old": b.pk, "kind": "merged", "on": "2026-04"} for b in (at_work, ccs)]
    sent = {"name": "New Agency", "slug": "new", "kind": "team", "status": "active"}
    sent |= {"aliases": "", **rows_of("former_names"), **rows_of("origins-2")}

    page = admin.post(
        "/admin/landscape/organisation/add/", sent | rows_of("origins", *steps)
    )

    said = "Old Agency is at work, so nothing is in its place. Leave this out, and use"
    assert page.content.decode().count(said) == 1
    assert "“Say what became of it”" in page.content.decode()
    assert 'value="New Agency"' in page.content.decode()
    assert not Organisation.objects.filter(slug="new").exists()


@pytest.mark.parametrize(
    ("names", "steps", "said"),
    [
        (
            [
                {"name": "A", "since": "2001", "until": "2009"},
                {"name": "B", "since": "2005", "until": "2012"},
            ],
            [],
            "A and B are names for the same time",
        ),
        ([{"name": "A", "until": "last year"}], [], "Write a date as far as"),
        (
            [{"name": "A", "since": "2012", "until": "2009"}],
            [],
            "A name cannot end before it begins",
        ),
        ([], ["itself"], "A body cannot take its own place"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_changes(admin, names, steps, said):
    body = make_body(name="Agency")
    rows = [{"old": body.pk, "kind": "took-over", "on": "2021"} for _ in steps]
    sent = form_of(
        body,
        purpose="Other",
        **rows_of("former_names", *names),
        **rows_of("origins-2", *rows),
    )

    page = admin.post(f"/admin/landscape/organisation/{body.pk}/change/", sent)

    assert page.status_code == 200
    assert said in page.content.decode()
    body.refresh_from_db()
    assert body.purpose == ""
    assert not FormerName.objects.exists()
    assert not Succession.objects.exists()


def form_of_policy(policy: Policy, *rows: dict, there: int = 0, **given) -> dict:
    """What the form of a policy sends."""
    names = ("title", "kind", "force", "reach", "address", "why", "summary")
    sent = {name: getattr(policy, name) for name in names}
    return sent | {"aliases": ""} | rows_of("relations", *rows, there=there) | given


def test_a_policy_cannot_replace_itself(admin, standard):
    row = {"other": standard.pk, "kind": "replaces"}
    sent = form_of_policy(standard, row, summary="S")

    page = admin.post(f"/admin/landscape/policy/{standard.pk}/change/", sent)

    assert "cannot replace or change itself" in page.content.decode()
    assert Policy.objects.get().summary != "S"


@pytest.mark.parametrize(
    ("status", "is_cited", "is_taken"),
    [
        ("in-force", False, False),
        ("being-replaced", False, False),
        ("superseded", True, False),
        ("superseded", False, True),
    ],
)
def test_what_replaces_a_policy_is_said_by_hand_only_where_no_guide_tells_it(
    admin, standard, status, is_cited, is_taken
):
    old = make_policy(title="Old standard", status=status)
    if is_cited:
        citing(old)
    row = {"other": old.pk, "kind": "replaces"}

    page = admin.post(
        f"/admin/landscape/policy/{standard.pk}/change/",
        form_of_policy(standard, row, why="Because."),
    )

    said = "use “Change its status” on the page of Old standard"
    assert (said in page.content.decode()) is not is_taken
    assert page.content.decode().count("Change its status") <= 2
    standard.refresh_from_db()
    assert (standard.why == "Because.") is is_taken
    assert old.related.exists() is is_taken


@pytest.mark.parametrize(
    "change", [{"DELETE": "on"}, {"since": "2025"}, {"kind": "amends"}, {}]
)
def test_what_a_guide_tells_of_a_policy_is_not_changed_by_hand(admin, standard, change):
    old = make_policy(title="Old standard", status="superseded")
    citing(old)
    step = PolicyRelation.objects.create(policy=standard, other=old, kind="replaces")
    row = {"id": step.pk, "policy": standard.pk, "other": old.pk, "kind": "replaces"}

    page = admin.post(
        f"/admin/landscape/policy/{standard.pk}/change/",
        form_of_policy(standard, row | change, there=1, why="Because."),
    )

    assert page.status_code == (200 if change else 302)
    assert ("on the page of Old standard" in page.content.decode()) is bool(change)
    step = PolicyRelation.objects.get()
    assert (step.kind, step.since) == ("replaces", "")
