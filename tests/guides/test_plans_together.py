"""Somebody uses their plan in two tabs at the same moment, on real transactions."""

from datetime import date

import pytest

from guides.models import Plan, StepProgress
from tests.factories import make_user
from tests.guides.pathways import ANSWERS, MONDAY, make_pathway, make_plan, tick
from tests.guides.test_publish_together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pathway():
    """Many tasks, so that two tabs have a while to meet."""
    return make_pathway(*[{}] * 40)


def test_two_tabs_tick_at_once_and_both_count(browser_of, pathway):
    person = make_user()
    plan = make_plan(person, pathway).get_absolute_url()
    steps = list(pathway.steps.all())
    tabs = [browser_of(person), browser_of(person)]

    at_once(
        lambda: tick(tabs[0], plan, *steps[:25]),
        lambda: tick(tabs[1], plan, *steps[15:]),
    )

    assert StepProgress.objects.count() == len(steps)


def test_a_plan_that_two_tabs_take_into_the_account_is_there_once(pathway):
    person, steps = make_user(), list(pathway.steps.all())
    answers = ANSWERS | {"starts_on": date.fromisoformat(MONDAY)}
    kept = [Plan(pathway=pathway, **answers), Plan(pathway=pathway, **answers)]
    kept[0].done, kept[1].done = {s.pk for s in steps[:25]}, {s.pk for s in steps[15:]}

    at_once(*[lambda plan=plan: Plan.objects.join(plan, by=person) for plan in kept])

    assert Plan.objects.get().done == {step.pk for step in steps}


def test_a_plan_deleted_in_one_tab_while_another_ticks_is_gone(browser_of, pathway):
    person = make_user()
    tabs = [browser_of(person), browser_of(person)]
    steps = list(pathway.steps.all())
    answers = []
    plan = f"{pathway.get_absolute_url()}plan/"

    for _ in range(20):
        make_plan(person, pathway)
        at_once(
            lambda: answers.append(tick(tabs[0], plan, *steps)),
            lambda: answers.append(tabs[1].post(f"{plan}delete/")),
        )
        assert not Plan.objects.exists()

    assert [answer.status_code for answer in answers] == [302] * 40
