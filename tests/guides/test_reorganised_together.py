"""Bodies that change at the same moment as guides and as others, on real
transactions."""

from threading import Event

import pytest
from django.db import connection, transaction

from guides.models import Guide, ReviewTask
from guides.wave import reopen, reorganise, supersede
from landscape.models import PolicyRelation, Succession
from tests.factories import make_draft
from tests.guides.landscape import citing, make_body, make_policy
from tests.guides.test_publish_together import at_once
from tests.guides.test_wave_admin import opened
from tests.guides.test_wave_together import again
from tests.landscape.test_admin import rows_of

pytestmark = pytest.mark.django_db(transaction=True)
WAITS = "SELECT FROM pg_locks WHERE NOT granted"


@pytest.fixture
def bodies():
    """Three bodies, each of which might take the place of another."""
    return [make_body(slug=name, name=name.title()) for name in ("one", "two", "three")]


def merges(body, heir, by) -> int:
    return reorganise(again(body), status="merged", into=[heir], on="2026", by=by)


def until_somebody_waits() -> None:
    with connection.cursor() as cursor:
        for _ in range(20_000):
            if cursor.execute(WAITS).fetchone() is not None:
                return
    raise AssertionError("Nobody waits.")


def overlapping(begins, comes_later, goes_on=lambda: None) -> list[Exception]:
    """Begins one thing, and goes on with it when another has come as far as it can.
    Gives back what they raised."""
    has_begun = Event()

    def first():
        with transaction.atomic():
            begins()
            has_begun.set()
            until_somebody_waits()
            goes_on()

    def second():
        has_begun.wait()
        comes_later()

    return at_once(first, second)


@pytest.mark.parametrize("cited", ["one", "two"])
def test_an_edition_that_comes_out_meanwhile_says_what_became_of_the_body(
    curator, bodies, cited
):
    one, two, three = bodies
    merges(one, two, curator)
    guide = citing({"one": one, "two": two}[cited])
    draft = make_draft(guide, body=f"Ask [[org:{cited}]].", change_note="Anew.")

    raised = overlapping(
        lambda: Guide.objects.select_for_update().get(pk=guide.pk),
        lambda: merges(two, three, curator),
        lambda: draft.publish(by=None),
    )

    assert not raised
    guide.refresh_from_db()
    assert guide.live_edition == draft
    assert "(now Three, since 2026)" in guide.live_edition.body_html


def test_two_steps_at_once_lead_to_where_both_lead(curator, other_curator, bodies):
    one, two, three = bodies
    guide = citing(one)

    raised = overlapping(
        lambda: merges(one, two, curator), lambda: merges(two, three, other_curator)
    )

    assert not raised
    guide.refresh_from_db()
    assert "(now Three, since 2026)" in guide.live_edition.body_html
    assert ReviewTask.objects.get().guide == guide


def test_a_body_that_opens_again_while_an_edition_comes_out_is_named_alone(
    curator, bodies
):
    one, two, _ = bodies
    guide = citing(one)
    merges(one, two, curator)
    draft = make_draft(guide, body="Ask [[org:one]].", change_note="Anew.")

    raised = overlapping(
        lambda: Guide.objects.select_for_update().get(pk=guide.pk),
        lambda: reopen(again(one), by=curator),
        lambda: draft.publish(by=None),
    )

    assert not raised
    guide.refresh_from_db()
    assert guide.live_edition == draft
    assert "(" not in guide.live_edition.body_html
    assert not ReviewTask.objects.open().exists()


def test_of_two_curators_who_open_and_merge_a_body_the_later_counts(
    curator, other_curator, bodies
):
    one, two, three = bodies
    guide = citing(one)
    merges(one, two, curator)

    raised = overlapping(
        lambda: reopen(again(one), by=curator),
        lambda: merges(one, three, other_curator),
    )

    assert not raised
    guide.refresh_from_db()
    assert "(now Three, since 2026)" in guide.live_edition.body_html
    assert ReviewTask.objects.open().get().guide == guide


def test_of_two_bodies_that_take_each_others_place_one_may(
    curator, other_curator, bodies
):
    one, two, _ = bodies

    [error] = overlapping(
        lambda: merges(one, two, curator), lambda: merges(two, one, other_curator)
    )

    assert "came before" in error.messages[0]
    assert Succession.objects.count() == 1


def test_two_curators_who_close_a_ring_by_hand_read_why_it_cannot_be(
    browser_of, curator, other_curator, settings
):
    settings.MIDDLEWARE = [n for n in settings.MIDDLEWARE if "zeal" not in n]
    one, two = (make_policy(title=t, status="superseded") for t in ("One", "Two"))
    pages = []

    def replaces(new, old, by):
        sent = {name: getattr(new, name) for name in ("title", "kind", "force", "why")}
        sent |= {name: getattr(new, name) for name in ("reach", "address", "summary")}
        row = {"other": old.pk, "kind": "replaces"}
        sent |= {"aliases": "", **rows_of("relations", row)}
        address = f"/admin/landscape/policy/{new.pk}/change/"
        pages.append(browser_of(by).post(address, sent))

    overlapping(
        lambda: replaces(one, two, curator), lambda: replaces(two, one, other_curator)
    )

    assert [page.status_code for page in pages] == [302, 200]
    assert "cannot replace each other" in pages[1].content.decode()


def test_of_two_curators_who_read_the_same_the_second_looks_again(
    browser_of, curator, other_curator, settings
):
    settings.MIDDLEWARE = [n for n in settings.MIDDLEWARE if "zeal" not in n]
    policy = make_policy(title="One")
    pages = []
    browsers = [browser_of(curator), browser_of(other_curator)]
    forms = [opened(browser, policy, "supersede") for browser in browsers]

    def ends(number: int, status: str):
        sent = forms[number] | {"status": status}
        answer = browsers[number].post("/admin/landscape/policy/", sent)
        pages.append((answer.status_code, answer.content.decode()))

    overlapping(lambda: ends(0, "withdrawn"), lambda: ends(1, "superseded"))

    assert [status for status, _ in pages] == [302, 200]
    assert "has changed since you opened it" in pages[1][1]
    policy.refresh_from_db()
    assert policy.status == "withdrawn"


def test_of_two_policies_that_replace_each_other_one_may(curator, other_curator):
    one, two = make_policy(), make_policy()

    def ends(old, new, by):
        supersede(again(old), status="superseded", successor=new, by=by)

    [error] = overlapping(
        lambda: ends(one, two, curator), lambda: ends(two, one, other_curator)
    )

    assert "cannot replace each other" in error.messages[0]
    assert PolicyRelation.objects.count() == 1
