"""What a plan makes of the answers: which pathway, which steps, which days."""

import pytest
import time_machine
from django.conf import settings

from guides.models import Pathway
from tests.guides.pathways import (
    ANSWERS,
    MONDAY,
    make_pathway,
    make_plan,
    start,
    starter_pathways,
    tick,
    ticked,
    words,
)
from tests.pages import check, send_from_page, visit

pytestmark = pytest.mark.usefixtures("november")
COOKIE = settings.PLAN_COOKIE_NAME
LIST = "/pathways/"


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"starts_on": ""}, "Say on which day you start."),
        ({"starts_on": "next Monday"}, "This is not a date."),
        ({"starts_on": "2026-11-26"}, "This day has passed."),
        ({"starts_on": "2027-11-28"}, "Choose a day within a year from today."),
        ({"place": "atlantis"}, "Choose one of the places in the list."),
    ],
)
def test_what_cannot_be_planned_comes_back_with_the_reason(
    reader, pathway, plan, typed, why
):
    page = check(start(reader, pathway, **typed), 422)

    assert why in page.select_one(".error-summary").get_text()
    if day := typed.get("starts_on"):
        assert page.select_one("[name=starts_on]")["value"] == day
    assert not reader.cookies.get(COOKIE)


def test_today_and_a_year_from_today_can_be_planned(reader, pathway):
    for day in "2026-11-27", "2027-11-27", "04/01/2027":
        assert start(reader, pathway, starts_on=day).status_code == 302


def test_a_year_from_a_leap_day_ends_in_february(reader, pathway):
    with time_machine.travel("2028-02-29T12:00:00Z"):
        assert start(reader, pathway, starts_on="2029-02-28").status_code == 302
        assert start(reader, pathway, starts_on="2029-03-01").status_code == 422


def test_the_first_day_is_the_same_wherever_the_clock_stands(reader, pathway, plan):
    with time_machine.travel("2027-06-30T23:30:00Z", tick=False):  # July in London
        assert start(reader, pathway, starts_on="2027-06-30").status_code == 422
        assert start(reader, pathway, starts_on="2027-07-01").status_code == 302
        assert "Thursday 1 July 2027" in words(visit(reader, plan))


def test_a_plan_moves_to_another_day_and_keeps_its_ticks(reader, pathway, plan):
    one, *_ = pathway.steps.all()
    start(reader, pathway)
    tick(reader, plan, one)
    page = visit(reader, f"{plan}start/")
    assert page.select_one("[name=starts_on]")["value"] == MONDAY

    start(reader, pathway, starts_on="2027-02-01")

    page = visit(reader, plan)
    assert "You start on Monday 1 February 2027" in words(page)
    assert ticked(page) == ["Task 1"]


def test_a_plan_that_has_begun_may_keep_its_first_day(browser_of, newcomer, pathway):
    make_plan(newcomer, pathway, starts_on=MONDAY)
    member = browser_of(newcomer)

    with time_machine.travel("2027-01-20T12:00:00Z"):
        member = browser_of(newcomer)
        token = {"csrfmiddlewaretoken": "x"}
        assert start(member, pathway, place="scotland", **token).status_code == 302
        answer = start(member, pathway, starts_on="2027-01-05", **token)
        assert answer.status_code == 422


def test_a_free_first_day_is_explained(reader, pathway, plan):
    start(reader, pathway, starts_on="2027-01-02")
    assert "That day is a weekend." in words(visit(reader, plan))

    start(reader, pathway, place="scotland")
    text = words(visit(reader, plan))
    assert "a public holiday there: New Year Holiday (substitute day)" in text
    assert "your first working day is Tuesday 5 January 2027" in text


def test_a_plan_beyond_the_known_holidays_says_so(reader, pathway, plan):
    with time_machine.travel("2100-12-01T12:00:00Z"):
        start(reader, pathway, starts_on="2100-12-30")
        assert "We do not know the public holidays" in words(visit(reader, plan))


def test_more_than_an_hour_of_reading_is_too_much_for_a_day(reader):
    pathway = starter_pathways(minutes=35)["first-ten-days-central-department"]
    start(reader, pathway)

    text = words(visit(reader, f"{pathway.get_absolute_url()}plan/"))

    assert "70 minutes to read That is more than an hour of reading" in text
    assert "Leave “Service standard and assessments” for another day." in text


def branches(reader, pathway: Pathway, **answers) -> list[str]:
    """The steps of somebody's plan that lead to only some people."""
    start(reader, pathway, **answers)
    page = visit(reader, f"{pathway.get_absolute_url()}plan/")
    shown = {box["value"] for box in page.select("input[name=done]")}
    steps = [s for s in pathway.steps.all() if s.for_whom and str(s.pk) in shown]
    return [step.name for step in steps]


def test_day_six_depends_on_the_role(reader):
    pathway = starter_pathways()["first-ten-days-central-department"]

    assert branches(reader, pathway, profession="developer") == ["Secure by design"]
    assert branches(reader, pathway, profession="content-designer") == [
        "Service standard and assessments"
    ]
    assert len(branches(reader, pathway, profession="")) == 2


def test_nhs_council_and_police_go_ways_of_their_own(reader):
    pathway = starter_pathways()["nhs-council-or-police"]

    ways = {tier: branches(reader, pathway, tier=tier) for tier in pathway.tiers}

    assert {tier: len(way) for tier, way in ways.items()} == {
        "nhs": 6,
        "local": 4,
        "police": 3,
    }
    assert start(reader, pathway, tier="central-department").status_code == 422


@pytest.mark.parametrize(
    ("tier", "profession", "slug"),
    [
        ("central-department", "delivery-manager", "first-ten-days-central-department"),
        ("regulator", "", "first-ten-days-central-department"),
        ("central-department", "user-researcher", "first-month-research-and-design"),
        ("nhs", "user-researcher", "first-month-research-and-design"),
        ("local", "developer", "nhs-council-or-police"),
        ("police", "", "nhs-council-or-police"),
    ],
)
def test_three_answers_find_the_pathway(reader, tier, profession, slug):
    starter_pathways()
    typed = ANSWERS | {"tier": tier, "profession": profession}

    answer = send_from_page(reader, LIST, typed)

    assert answer.status_code == 307  # the form goes on, with what was typed
    assert answer.url == f"/pathways/{slug}/plan/start/"
    plan = send_from_page(reader, answer.url, typed)
    assert visit(reader, plan.url)


def test_wrong_answers_on_the_list_come_back(reader):
    make_pathway()
    typed = {"tier": "", "profession": "developer", "starts_on": "2020-01-01"}

    page = check(send_from_page(reader, LIST, typed), 422)

    summary = page.select_one(".error-summary").get_text()
    assert "Choose the kind of body you start in." in summary
    assert "This day has passed." in summary
    assert page.select_one("[name=starts_on]")["value"] == "2020-01-01"
    assert page.select_one("option[value=developer][selected]")


def test_answers_without_a_pathway_say_so(reader):
    typed = ANSWERS | {"tier": "nhs", "profession": ""}

    page = check(send_from_page(reader, LIST, typed), 422)

    assert "There is no pathway for this yet." in page.get_text()
