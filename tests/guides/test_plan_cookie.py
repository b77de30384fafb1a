"""The plan that a browser keeps, until its person signs in."""

import pytest
import time_machine
from django.conf import settings
from django.core import signing
from django.test import Client

from guides.models import Pathway, Plan
from guides.plan_cookie import SALT
from tests.guides.pathways import (
    ANSWERS,
    MONDAY,
    event_keys,
    has_none,
    make_plan,
    sign_in,
    start,
    starter_pathways,
    tick,
    ticked,
    words,
)
from tests.pages import visit

pytestmark = pytest.mark.usefixtures("november")
COOKIE = settings.PLAN_COOKIE_NAME
LIST = "/pathways/"


def test_the_cookie_goes_to_the_plan_alone_and_stays_small(reader):
    pathway = starter_pathways()["first-ten-days-central-department"]
    start(reader, pathway, profession="data")
    tick(reader, f"{pathway.get_absolute_url()}plan/", *pathway.steps.all())

    cookie = reader.cookies[COOKIE]
    assert cookie["path"] == f"{pathway.get_absolute_url()}plan/"
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 400 * 24 * 60 * 60
    assert len(cookie.OutputString()) < 1000  # browsers take 4096


def test_a_plan_leaves_every_other_page_the_same_for_everybody(reader, pathway, plan):
    start(reader, pathway)
    visit(reader, plan)
    tick(reader, plan, *pathway.steps.all())
    visit(reader, f"{plan}start/")

    elsewhere, there = Client(), Client()
    for name, cookie in reader.cookies.items():  # as a browser sends them
        if cookie["path"] == "/":
            there.cookies[name] = cookie.value
    assert set(there.cookies) <= {settings.CSRF_COOKIE_NAME}
    for address in pathway.get_absolute_url(), LIST, "/":
        answer = there.get(address)
        assert answer.headers["Cache-Control"].startswith("public")
        assert answer.content == elsewhere.get(address).content


def test_progress_survives_signing_in(reader, newcomer, pathway, plan):
    one, *_ = pathway.steps.all()
    start(reader, pathway)
    tick(reader, plan, one)
    key = event_keys(reader, plan)

    sign_in(reader, newcomer)
    page = visit(reader, plan)

    assert "Your plan is kept in your account now." in page.get_text()
    assert ticked(page) == ["Task 1"]
    assert reader.cookies[COOKIE].value == ""
    assert newcomer.plans.get().done == {one.pk}
    assert event_keys(reader, plan) == key  # calendars know the steps again


def test_two_plans_of_one_person_become_one(reader, newcomer, pathway, plan):
    one, two, three = pathway.steps.all()
    make_plan(newcomer, pathway, starts_on="2027-02-01").tick({one.pk, two.pk}, set())
    start(reader, pathway, starts_on="2027-03-01", place="scotland")
    tick(reader, plan, two, three)

    sign_in(reader, newcomer)

    page = visit(reader, plan)
    assert ticked(page) == ["Task 1", "Task 2", "Task 3"]
    assert "You start on Monday 1 March 2027" in words(page)
    assert newcomer.plans.get().place == "scotland"


def test_an_earlier_plan_in_the_browser_leaves_the_dates(
    reader, newcomer, pathway, plan
):
    make_plan(newcomer, pathway, starts_on="2027-02-01", place="scotland")
    start(reader, pathway, starts_on=MONDAY)

    sign_in(reader, newcomer)

    assert "Monday 1 February 2027" in words(visit(reader, plan))
    assert newcomer.plans.get().place == "scotland"


def sealed(made_for: Pathway, **told) -> str:
    """A cookie as the site signs it, with something else in it."""
    whole = {"pathway": made_for.pk, "key": "0" * 32, "done": []}
    whole |= ANSWERS | {"profession": "", "tier": ""}
    return signing.dumps(whole | told, salt=SALT, compress=True)


@pytest.mark.parametrize(
    "told",
    [
        *({"starts_on": "soon"}, {"key": "x"}, {"done": 5}, {"pathway": 0}),
        *({"place": "atlantis"}, {"profession": "astronaut"}, {"tier": 5}),
    ],
    ids=str,
)
def test_a_cookie_that_cannot_be_read_is_no_plan(reader, pathway, plan, told):
    reader.cookies[COOKIE] = sealed(pathway)
    assert reader.get(plan).status_code == 200

    reader.cookies[COOKIE] = sealed(pathway, **told)
    assert has_none(reader, plan)


def test_a_forged_cookie_is_no_plan(reader, pathway, plan):
    for forged in "", "x", sealed(pathway)[:-1], signing.dumps({"pathway": 1}):
        reader.cookies[COOKIE] = forged
        assert has_none(reader, plan)
        assert start(reader, pathway).url == plan


def test_an_old_cookie_is_no_plan(reader, pathway, plan):
    with time_machine.travel("2025-10-01"):
        cookie = sealed(pathway)
    reader.cookies[COOKIE] = cookie

    assert has_none(reader, plan)


def test_looking_at_what_is_there_joins_no_plans(reader, newcomer, pathway, plan):
    start(reader, pathway)
    sign_in(reader, newcomer)

    reader.head(plan)

    assert not Plan.objects.exists()


def test_new_answers_count_more_than_those_the_browser_kept(
    reader, newcomer, pathway, plan
):
    one, *_ = pathway.steps.all()
    start(reader, pathway, starts_on="2027-03-01")
    tick(reader, plan, one)

    sign_in(reader, newcomer)
    token = {"csrfmiddlewaretoken": "x"}
    start(reader, pathway, starts_on=MONDAY, **token)

    page = visit(reader, plan)
    assert "You start on Monday 4 January 2027" in words(page)
    assert ticked(page) == ["Task 1"]
    assert newcomer.plans.get().place == "england-and-wales"
