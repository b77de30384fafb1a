"""Somebody's own plan for a pathway, with an account and without one."""

from urllib.parse import quote

import icalendar
import pytest
import time_machine
from django.conf import settings
from django.test import Client

from guides.models import Plan, StepProgress
from tests.factories import publish
from tests.guides.pathways import (
    ANSWERS,
    MONDAY,
    event_keys,
    has_none,
    make_pathway,
    make_plan,
    make_step,
    start,
    starter_pathways,
    tick,
    ticked,
    words,
)
from tests.pages import send_from_page, visit

pytestmark = pytest.mark.usefixtures("november")
COOKIE = settings.PLAN_COOKIE_NAME
LIST = "/pathways/"


def test_a_signed_out_reader_makes_a_plan(reader, pathway, plan):
    answer = start(reader, pathway)

    assert answer.url == plan
    page = visit(reader, plan)
    days = [day.get_text() for day in page.select(".entry__text time")]
    assert days == [
        "Monday 4 January 2027",
        "Tuesday 5 January 2027",
        "Monday 11 January 2027",
    ]
    assert "0 of 3 done" in words(page)
    assert "It is kept in this browser" in words(page)
    assert not Plan.objects.exists()


def test_nobody_keeps_or_finds_the_pages_of_a_plan(reader, pathway, plan):
    start(reader, pathway)

    for address in plan, f"{plan}start/", f"{plan}delete/", f"{plan}plan.ics":
        headers = reader.get(address).headers
        assert headers["Cache-Control"] == "private, no-store"
        in_page = b'content="noindex"' in reader.get(address).content
        assert in_page or headers["X-Robots-Tag"] == "noindex"


def test_a_form_of_another_site_starts_no_plan(pathway, plan):
    strict = Client(enforce_csrf_checks=True)
    elsewhere = {"origin": "https://elsewhere.example"}

    for address in f"{plan}start/", LIST:
        answer = strict.post(address, ANSWERS, headers=elsewhere)
        assert answer.status_code == 403
    assert not strict.cookies.get(COOKIE)


def test_ticks_and_deleting_need_a_token(pathway, plan):
    strict = Client(enforce_csrf_checks=True)
    start(strict, pathway)

    for address in plan, f"{plan}delete/":
        assert send_from_page(strict, address, {}).status_code == 403


def test_ticks_are_saved_and_counted(reader, pathway, plan):
    one, two, _ = pathway.steps.all()
    start(reader, pathway)

    assert tick(reader, plan, one, two).url == f"{plan}#progress"
    page = visit(reader, plan)
    assert ticked(page) == ["Task 1", "Task 2"]
    assert "2 of 3 done" in words(page)
    assert page.progress["value"] == "2"

    tick(reader, plan, two, before=[one, two])
    assert ticked(visit(reader, plan)) == ["Task 2"]


def test_what_another_tab_ticked_stays(browser_of, newcomer, pathway, plan):
    member = browser_of(newcomer)
    make_plan(newcomer, pathway)
    one, two, three = pathway.steps.all()

    tick(member, plan, one)
    tick(member, plan, two, three)  # from a tab that shows no ticks yet

    assert ticked(visit(member, plan)) == ["Task 1", "Task 2", "Task 3"]


def test_what_another_tab_unticked_stays_so(browser_of, newcomer, pathway, plan):
    member = browser_of(newcomer)
    one, two, _ = pathway.steps.all()
    make_plan(newcomer, pathway).tick({one.pk}, set())

    tick(member, plan, before=[one])
    tick(member, plan, one, two, before=[one])  # from a tab that still shows the tick

    assert ticked(visit(member, plan)) == ["Task 2"]


def test_a_step_of_another_pathway_is_not_ticked(browser_of, newcomer, pathway, plan):
    member = browser_of(newcomer)
    make_plan(newcomer, pathway)

    one, *_ = pathway.steps.all()
    tick(member, plan, one, make_step(make_pathway()))
    member.post(plan, {"done": ["x", "9" * 30, "-1"]})

    assert StepProgress.objects.get().step == one


def test_a_member_finds_their_own_plans_beside_the_pathways(
    browser_of, reader, newcomer, veteran, pathway
):
    mine = make_plan(newcomer, pathway)

    page = visit(browser_of(newcomer), "/pathways/")

    assert page.find("a", href=mine.get_absolute_url())
    for browser in reader, browser_of(veteran):
        assert "Your plans" not in visit(browser, "/pathways/").get_text()


def test_a_members_plan_is_in_the_account(browser_of, newcomer, pathway, plan):
    member = browser_of(newcomer)
    token = visit(member, pathway.get_absolute_url()).select_one(
        ".side [name=csrfmiddlewaretoken]"
    )

    start(member, pathway, csrfmiddlewaretoken=token["value"])

    assert COOKIE not in member.cookies
    assert newcomer.plans.get().starts_on.isoformat() == MONDAY
    assert "It is kept in your account" in words(visit(browser_of(newcomer), plan))


def test_nobody_sees_the_plan_of_somebody_else(
    browser_of, newcomer, veteran, pathway, plan
):
    one, two, _ = pathway.steps.all()
    make_plan(newcomer, pathway, starts_on=MONDAY).tick({one.pk}, set())
    make_plan(veteran, pathway, starts_on="2027-02-01").tick({two.pk}, set())

    mine, theirs = (visit(browser_of(person), plan) for person in (newcomer, veteran))

    assert (ticked(mine), ticked(theirs)) == (["Task 1"], ["Task 2"])
    assert "4 January" in words(mine) and "4 January" not in words(theirs)
    assert has_none(Client(), plan)


@pytest.mark.parametrize("address", ["", "delete/", "plan.ics"])
def test_without_a_plan_a_kind_page_makes_one(
    reader, browser_of, newcomer, plan, address
):
    for browser in reader, browser_of(newcomer):
        assert has_none(browser, f"{plan}{address}")
        assert browser.post(plan, {"done": "1"}).url == f"{plan}start/"
    signs_in = visit(reader, f"{plan}start/").select_one("main a[rel=nofollow]")
    assert signs_in["href"] == f"/accounts/login/?next={quote(plan, safe='')}"


def test_a_plan_is_deleted_for_good(reader, browser_of, newcomer, pathway, plan):
    member = browser_of(newcomer)
    make_plan(newcomer, pathway)
    start(reader, pathway)

    for browser in reader, member:
        visit(browser, f"{plan}delete/")
        assert browser.post(f"{plan}delete/").url == pathway.get_absolute_url()
        assert has_none(browser, plan)
    assert not Plan.objects.exists()


def test_a_calendar_takes_the_plan_in(reader, pathway, plan):
    start(reader, pathway)

    answer = reader.get(f"{plan}plan.ics")

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert 'filename="my-days.ics"' in answer.headers["Content-Disposition"]
    calendar = icalendar.Calendar.from_ical(answer.content)
    events = calendar.walk("VEVENT")
    assert [event["DTSTART"].dt.isoformat() for event in events] == [
        "2027-01-04",
        "2027-01-05",
        "2027-01-11",
    ]
    assert str(events[0]["DESCRIPTION"]).startswith("It helps.\n\nYou are done when")
    assert len({*event_keys(reader, plan)}) == 3


def descriptions(browser: Client, plan: str) -> list[str]:
    """What a plan tells calendars about its steps."""
    calendar = icalendar.Calendar.from_ical(browser.get(f"{plan}plan.ics").content)
    return [str(event["DESCRIPTION"]) for event in calendar.walk("VEVENT")]


def test_a_calendar_hears_which_part_to_read_and_what_is_withdrawn(reader):
    guide = publish()
    pathway = make_pathway({"guide": guide, "part": "The end", "minutes": 2})
    start(reader, pathway)
    plan = f"{pathway.get_absolute_url()}plan/"

    assert descriptions(reader, plan)[0].startswith("The end\n\nIt helps.")
    guide.withdraw(by=None, reason="Out of date.")
    assert descriptions(reader, plan)[0].startswith("This guide is withdrawn: ask")


def test_somebody_who_starts_today_hears_that_the_time_before_has_passed(reader):
    pathway = make_pathway()
    plan = f"{pathway.get_absolute_url()}plan/"

    start(reader, pathway, starts_on="2026-11-27")
    assert "By Thursday 26 November 2026" in words(visit(reader, plan))
    assert "That day has passed. Start with" in words(visit(reader, plan))
    file = reader.get(f"{plan}plan.ics").content
    events = icalendar.Calendar.from_ical(file).walk("VEVENT")
    assert {event["DTSTART"].dt.isoformat() for event in events} == {"2026-11-27"}

    with time_machine.travel("2026-11-30T09:00:00Z", tick=False):
        assert "That day has passed" not in words(visit(reader, plan))

    start(reader, pathway, starts_on="2026-11-30")
    assert "That day has passed" not in words(visit(reader, plan))


def test_steps_keep_their_names_to_calendars_when_a_plan_moves(reader, pathway, plan):
    start(reader, pathway)
    keys = event_keys(reader, plan)

    start(reader, pathway, starts_on="2027-02-01", place="scotland")

    assert event_keys(reader, plan) == keys


def test_a_plan_asks_the_database_little(
    reader, browser_of, newcomer, django_assert_max_num_queries
):
    pathway = starter_pathways()["first-ten-days-central-department"]
    plan = f"{pathway.get_absolute_url()}plan/"
    make_plan(newcomer, pathway).tick({s.pk for s in pathway.steps.all()}, set())
    member = browser_of(newcomer)
    start(reader, pathway)

    for browser, budget in (reader, 2), (member, 6):
        for address in plan, f"{plan}plan.ics":
            with django_assert_max_num_queries(budget):
                assert browser.get(address).status_code == 200
