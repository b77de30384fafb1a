"""Changes that come at the same moment as others, on real transactions."""

from datetime import timedelta
from threading import Thread

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from guides.emails import remind
from guides.models import Guide, GuideAction, ReviewTask
from guides.wave import supersede
from landscape.models import Policy, PolicyRelation
from tests.factories import make_draft
from tests.guides.landscape import citing, make_policy
from tests.guides.test_publish_together import at_once
from tests.scratch import Scratch

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def old():
    """A policy that three live guides cite."""
    policy = make_policy(slug="old")
    for _ in range(3):
        citing(policy)
    return policy


def again(row):
    return type(row).objects.get(pk=row.pk)


def ends(policy: Policy, by, **given) -> None:
    supersede(policy, status="superseded", by=by, **given)


def test_two_curators_who_say_the_same_ask_once(curator, other_curator, old):
    new = make_policy()

    raised = at_once(
        lambda: ends(again(old), curator, successor=new),
        lambda: ends(again(old), other_curator, successor=again(new)),
    )

    assert not raised
    assert ReviewTask.objects.count() == 3
    assert GuideAction.objects.filter(verb="follow-up").count() == 3
    assert PolicyRelation.objects.count() == 1


@pytest.mark.parametrize("turn", range(4))
def test_two_curators_who_name_the_same_successor_say_it_once(
    curator, other_curator, old, turn
):
    ends(old, curator)
    new = make_policy()

    raised = at_once(
        *(
            lambda who=who: ends(again(old), who, successor=again(new))
            for who in (curator, other_curator)
        )
    )

    assert not raised
    assert PolicyRelation.objects.count() == 1


def test_two_policies_of_the_same_guides_end_at_once(curator, other_curator):
    policies = [make_policy(slug=name) for name in ("one", "two")]
    for _ in range(3):
        citing(policies[0], body="[[policy:one]] and [[policy:two]]")

    at_once(*(lambda p=p: ends(p, curator) for p in policies))

    assert ReviewTask.objects.count() == 6


@pytest.mark.parametrize("turn", range(3))
def test_an_edition_that_cites_it_no_more_leaves_no_task(curator, old, turn):
    guide = Guide.objects.first()
    draft = make_draft(guide, body="Nothing.", change_note="Anew.")

    raised = at_once(lambda: draft.publish(by=None), lambda: ends(again(old), curator))

    assert not raised
    assert set(ReviewTask.objects.open().values_list("guide", flat=True)) == set(
        Guide.objects.exclude(pk=guide.pk).values_list("pk", flat=True)
    )


def test_citing_it_meanwhile_waits_for_nobody(curator, author, old):
    draft = make_draft(body="Nothing.", created_by=author)

    raised = at_once(
        lambda: draft.revise(by=author, version=1, body="[[policy:old]]"),
        lambda: ends(again(old), curator),
    )

    assert not raised
    assert draft.citations.count() == 1


def test_checking_it_meanwhile_leaves_two_or_three(curator, other_curator, old):
    guide = Guide.objects.first()

    at_once(
        lambda: guide.verify(by=other_curator, basis="policies"),
        lambda: ends(again(old), curator),
    )

    assert ReviewTask.objects.open().count() in {2, 3}
    assert ReviewTask.objects.count() == 3


def heard_while(verb) -> list[str]:
    """What those who keep finished pages are told while something is done."""
    given = connection.get_connection_params()
    given = {k: given[k] for k in given if k not in {"cursor_factory", "options"}}
    with psycopg.connect(**given, autocommit=True) as listener:
        listener.execute("LISTEN handover_pages")
        verb()
        return [notice.payload for notice in listener.notifies(timeout=1)]


def test_kept_pages_of_these_guides_are_dropped(curator, old):
    make_draft(body="[[policy:old]]")
    guides = {f"guide {guide.slug}" for guide in Guide.objects.live()}

    told = heard_while(
        lambda: ReviewTask.objects.bulk_create(
            ReviewTask(guide=guide, cause="policy", policy=old)
            for guide in Guide.objects.live()
        )
    )

    assert set(told) == {*guides, "lists"}


def test_a_draft_that_cites_drops_no_page(author, old):
    draft = make_draft(body="[[policy:old]]", created_by=author)

    assert not heard_while(
        lambda: draft.revise(by=author, version=1, body="[[policy:old §1]]")
    )


def test_many_guides_drop_every_page(curator):
    policy = make_policy()
    for _ in range(51):
        citing(policy)

    assert "all" in heard_while(lambda: ends(policy, curator))


def test_a_reminder_holds_guides_in_the_order_of_a_change(author, old):
    first, second = Guide.objects.order_by("pk")[:2]
    late = timezone.localdate() - timedelta(days=2)
    for days, guide in enumerate((second, first)):  # the second has waited longer
        due = late + timedelta(days=days)
        Guide.objects.filter(pk=guide.pk).update(owner=author, due_on=due)
    waits = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    hold = "SELECT 1 FROM guides_guide WHERE id = %s FOR UPDATE NOWAIT"
    url = Scratch(connection.settings_dict["NAME"]).url

    with psycopg.connect(url) as change, psycopg.connect(url) as other:
        change.execute(hold, [first.pk])
        reminding = Thread(target=lambda: at_once(lambda: remind(author)))
        reminding.start()
        other.autocommit = True
        while not other.execute(waits).fetchone():
            assert reminding.is_alive()
        change.execute(hold, [second.pk])
        change.rollback()
        reminding.join(20)

    assert not reminding.is_alive()
