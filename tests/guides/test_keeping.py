"""Who looks after a guide, and how long ago somebody found it still correct."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from guides.models import Freshness, Guide, GuideAction
from guides.models.keeping import months_after
from tests.factories import make_draft, make_guide, make_user, publish

DUE = date(2026, 7, 1)


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (-200, "current"),
        (-30, "current"),
        (-29, "due-soon"),
        (0, "due-soon"),
        (1, "overdue"),
        (400, "overdue"),
    ],
)
def test_freshness_follows_from_the_day(days, state):
    assert Freshness.on(DUE + timedelta(days=days), DUE) == state


@pytest.mark.parametrize(
    ("day", "months", "due"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 15), 12, date(2027, 12, 15)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
    ],
)
def test_months_end_where_the_calendar_ends_them(day, months, due):
    assert months_after(day, months) == due


def test_a_guide_is_due_six_months_after_its_sources_were_read():
    guide = publish(sources_read_on=date(2026, 1, 10))

    assert guide.due_on == date(2026, 7, 10)


def test_an_edition_does_not_move_the_day_that_a_check_set(guide, author, time_machine):
    Guide.objects.update(owner=author)
    guide.refresh_from_db()
    guide.verify(by=author, basis="used")
    due = guide.due_on

    time_machine.move_to(timezone.now() + timedelta(days=60))
    publish(guide, is_minor=True)

    assert Guide.objects.get().due_on == due


def test_a_check_says_what_it_rests_on_and_moves_the_day(guide, author, time_machine):
    Guide.objects.update(owner=author)
    time_machine.move_to(timezone.now() + timedelta(days=300))
    guide = Guide.objects.get()
    assert guide.freshness == "overdue"

    with pytest.raises(ValidationError):
        guide.verify(by=author, basis="")
    guide.verify(by=author, basis="policies", note="The 2026 framework.")

    assert Guide.objects.get().freshness == "current"
    assert guide.last_verification.edition == guide.live_edition


def test_only_those_who_look_after_a_guide_check_it(guide, newcomer, curator):
    with pytest.raises(PermissionDenied):
        guide.verify(by=newcomer, basis="used")
    guide.verify(by=curator, basis="asked")


def test_a_draft_cannot_be_checked(author):
    guide = make_draft(make_guide(owner=author), created_by=author).guide

    with pytest.raises(ValidationError):
        guide.verify(by=author, basis="used")
    assert guide.freshness is None


def test_a_guide_changes_hands_when_the_other_person_accepts(guide, author, veteran):
    Guide.objects.update(owner=author)
    guide.refresh_from_db()

    guide.offer(to=veteran, by=author)
    guide.accept(by=veteran)

    assert Guide.objects.get().owner == veteran
    assert list(GuideAction.objects.values_list("verb", flat=True))[:2] == [
        "accept",
        "offer",
    ]


def test_an_offer_is_for_one_person_and_from_the_owner(
    guide, author, veteran, newcomer
):
    Guide.objects.update(owner=author)
    guide.refresh_from_db()
    with pytest.raises(PermissionDenied):
        guide.offer(to=newcomer, by=veteran)
    guide.offer(to=veteran, by=author)

    with pytest.raises(ValidationError):
        guide.accept(by=newcomer)
    guide.decline(by=veteran)

    assert Guide.objects.get().owner == author


def test_a_curator_gives_an_orphan_to_somebody(guide, curator):
    keeper = make_user("Sample Keeper")

    guide.hand_over(to=keeper, by=curator)

    assert Guide.objects.get().owner == keeper


def test_people_write_the_next_edition_of_what_is_theirs(
    guide, author, newcomer, curator
):
    Guide.objects.update(owner=author)
    editable = Guide.objects.editable_by

    assert guide in editable(author)
    assert guide not in editable(newcomer)
    assert guide in editable(curator)
    draft = guide.start_draft(by=author)
    assert draft.body == guide.live_edition.body
    assert timezone.localdate(draft.created_at) == timezone.localdate()
