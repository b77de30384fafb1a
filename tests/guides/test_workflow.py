"""Every verb of an edition: in which states it is possible, and whose it is."""

from datetime import timedelta
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from guides.models import Conflict, Edition, Guide, GuideAction
from tests.factories import make_curator, make_draft, make_guide, make_user, publish

STATES = [state.value for state in Edition.State]
ROLES = ["newcomer", "author", "owner", "curator"]
OPEN = {"draft", "changes-requested"}
LOOKED_AT = {"submitted", "ready", "scheduled"}
WRITERS = {"author", "owner"}
# The verb: who may do it, from which states, and to which it leads.
TABLE = {
    "submit": (WRITERS, OPEN, "submitted"),
    "take_back": (WRITERS, LOOKED_AT, "draft"),
    "discard": (WRITERS, OPEN, None),
    "request_changes": ({"curator"}, LOOKED_AT, "changes-requested"),
    "approve": ({"curator"}, {"submitted"}, "ready"),
    "schedule": ({"curator"}, {"submitted", "ready"}, "scheduled"),
    "unschedule": ({"curator"}, {"scheduled"}, "ready"),
    "publish": ({"curator"}, LOOKED_AT, "published"),
}
GIVEN = {
    "request_changes": lambda: {"reason": "Say who decides."},
    "schedule": lambda: {"at": timezone.now() + timedelta(days=1)},
}


def edition_in(state: str, author, owner, topic) -> Edition:
    """An edition in this state, as its verbs leave it."""
    guide = make_guide(owner=owner, topics=[topic])
    if state == "superseded":
        publish(guide)
        publish(guide)
        return guide.editions.get(state="superseded")
    if state == "published":
        return publish(guide).live_edition
    edition = make_draft(guide, created_by=author)
    if state == "draft":
        return edition
    edition.submit(by=author)
    curator = make_curator("Another Curator")
    verb = {
        "changes-requested": "request_changes",
        "ready": "approve",
        "scheduled": "schedule",
    }.get(state)
    if verb:
        getattr(edition, verb)(by=curator, **GIVEN.get(verb, dict)())
    assert edition.state == state
    return edition


@pytest.mark.parametrize(("verb", "role", "state"), [*product(TABLE, ROLES, STATES)])
def test_a_verb_is_possible_for_its_people_in_its_states(
    verb, role, state, author, newcomer, curator, topic
):
    owner = make_user("Sample Owner")
    people = {"newcomer": newcomer, "author": author, "owner": owner}
    person = (people | {"curator": curator})[role]
    edition = edition_in(state, author, owner, topic)
    who, states, leads_to = TABLE[verb]

    def act():
        return getattr(edition, verb)(by=person, **GIVEN.get(verb, dict)())

    is_possible = role in who and state in states
    assert edition.can(verb, person) == is_possible
    if is_possible:
        act()
        assert leads_to is None or Edition.objects.get(pk=edition.pk).state == leads_to
    else:
        with pytest.raises((PermissionDenied, ValidationError)) as refused:
            act()
        assert refused.type is PermissionDenied or role in who
        assert Edition.objects.get(pk=edition.pk).state == state


@pytest.mark.parametrize(("role", "state"), [*product(ROLES, STATES)])
def test_words_change_until_somebody_looks_at_them(
    role, state, author, newcomer, curator, topic
):
    owner = make_user("Sample Owner")
    people = {"newcomer": newcomer, "author": author, "owner": owner}
    person = (people | {"curator": curator})[role]
    edition = edition_in(state, author, owner, topic)
    may = {"author", "owner", "curator"} if state in OPEN else set()
    may |= {"curator"} if state == "submitted" else set()

    if role in may:
        edition.revise(by=person, version=edition.version, title="Another title")
    else:
        with pytest.raises(ValidationError, match="no longer"):
            edition.revise(by=person, version=edition.version, title="Another title")

    is_changed = Edition.objects.get(pk=edition.pk).title == "Another title"
    assert is_changed == (role in may)


def test_a_curator_publishes_what_they_wrote_only_with_a_reason(curator):
    draft = make_draft(created_by=curator)

    with pytest.raises(ValidationError, match="your own edition"):
        draft.publish(by=curator)
    draft.publish(by=curator, override_reason="Nobody else is here in August.")

    action = GuideAction.objects.get(verb="publish")
    assert action.reason == "Nobody else is here in August."


def test_what_another_curator_found_right_may_be_published_by_its_author(
    curator, other_curator, topic
):
    draft = make_draft(make_guide(topics=[topic]), created_by=curator)
    draft.submit(by=curator)
    draft.approve(by=other_curator)

    draft.publish(by=curator)

    assert Guide.objects.get().visibility == "live"


def test_nobody_finds_their_own_edition_right_without_a_reason(curator, topic):
    draft = make_draft(make_guide(topics=[topic]), created_by=curator)
    draft.submit(by=curator)

    with pytest.raises(ValidationError, match="your own edition"):
        draft.approve(by=curator)
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.update(approved_by=curator)


def test_nobody_publishes_what_another_still_writes(author, curator):
    draft = make_draft(created_by=author)

    with pytest.raises(ValidationError, match="has not handed it in"):
        draft.publish(by=curator)


def test_a_draft_is_handed_in_only_when_it_is_complete(author):
    guide = make_guide(public_benefit="")
    draft = make_draft(guide, created_by=author, summary="", body=" ")

    with pytest.raises(ValidationError) as refused:
        draft.submit(by=author)

    missing = {"summary", "body", "public_benefit", "topics"}
    assert set(refused.value.message_dict) == missing


def test_a_new_edition_is_handed_in_with_a_change_note(guide, author):
    Guide.objects.update(owner=author)
    draft = Guide.objects.get().start_draft(by=author)

    with pytest.raises(ValidationError) as refused:
        draft.submit(by=author)
    assert set(refused.value.message_dict) == {"change_note"}

    draft.revise(by=author, version=1, is_minor=True)
    draft.submit(by=author)
    assert draft.state == "submitted"


def test_the_database_refuses_an_empty_edition_that_was_handed_in(author):
    draft = make_draft(created_by=author, body="")

    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=draft.pk).update(
            state="submitted", submitted_at=timezone.now()
        )


def test_a_stale_save_meets_a_conflict_and_changes_nothing(author, curator, topic):
    draft = make_draft(make_guide(topics=[topic]), created_by=author)
    draft.revise(by=author, version=1, body="The author’s words.")

    with pytest.raises(Conflict) as conflict:
        draft.revise(by=curator, version=1, body="The curator’s words.")

    assert conflict.value.edition.body == "The author’s words."
    assert Edition.objects.get().version == 2


def test_a_save_without_a_change_makes_no_version(author):
    draft = make_draft(created_by=author)

    draft.revise(by=author, version=1, body=draft.body)

    assert Edition.objects.get().version == 1


def test_whoever_changes_another_persons_draft_is_named_as_its_editor(author, curator):
    draft = make_draft(created_by=author)

    draft.revise(by=curator, version=1, body="Clearer words.")

    assert list(draft.editors.all()) == [curator]


def test_a_reviewer_is_named_and_must_be_a_curator(
    author, curator, other_curator, topic
):
    draft = make_draft(make_guide(topics=[topic]), created_by=author)
    draft.submit(by=author)

    with pytest.raises(ValidationError, match="a curator"):
        draft.assign(to=author, by=curator)
    draft.assign(to=other_curator, by=curator)

    assert Edition.objects.get().reviewer == other_curator


def test_a_planned_edition_comes_out_at_its_moment(
    author, curator, topic, time_machine
):
    draft = make_draft(make_guide(topics=[topic]), created_by=author)
    draft.submit(by=author)
    draft.schedule(at=timezone.now() + timedelta(hours=2), by=curator)

    draft.publish_as_scheduled()
    assert Edition.objects.get().state == "scheduled"

    time_machine.move_to(timezone.now() + timedelta(hours=3))
    draft.publish_as_scheduled()
    draft.publish_as_scheduled()
    edition = Edition.objects.get()
    assert (edition.state, edition.published_by) == ("published", curator)
    assert GuideAction.objects.filter(verb="publish", by=None).count() == 1


def test_no_moment_of_the_past_is_planned(author, curator, topic):
    draft = make_draft(make_guide(topics=[topic]), created_by=author)
    draft.submit(by=author)

    with pytest.raises(ValidationError, match="still to come"):
        draft.schedule(at=timezone.now() - timedelta(minutes=1), by=curator)


def test_an_old_edition_comes_back_as_a_draft(guide, author):
    Guide.objects.update(owner=author)
    publish(guide, body="## New\n\nOther words.")
    old = guide.editions.get(state="superseded")

    draft = old.restore_as_draft(by=author)

    assert (draft.number, draft.body, draft.state) == (3, old.body, "draft")
    with pytest.raises(ValidationError, match="a draft already"):
        old.restore_as_draft(by=author)


def test_a_guide_that_nobody_saw_goes_with_its_draft(author):
    draft = make_draft(make_guide(owner=author), created_by=author)

    draft.discard(by=author)

    assert not Guide.objects.exists()


def test_the_draft_of_a_live_guide_goes_alone(guide, author):
    Guide.objects.update(owner=author)
    draft = Guide.objects.get().start_draft(by=author)

    draft.discard(by=author)

    assert list(guide.editions.values_list("state", flat=True)) == ["published"]


def test_a_guide_is_started_once_however_often_the_form_is_sent(author):
    key = "00000000-0000-4000-8000-000000000001"

    drafts = [
        Guide.objects.start(by=author, key=key, kind="primer", title="Spend control")
        for _ in range(2)
    ]

    assert drafts[0] == drafts[1]
    assert Guide.objects.get().slug == "spend-control"


def test_a_title_that_is_taken_gets_a_number_in_its_address(author):
    make_guide(slug="spend-control")

    draft = Guide.objects.start(
        by=author,
        key="00000000-0000-4000-8000-000000000002",
        kind="primer",
        title="Spend control",
    )

    assert draft.guide.slug == "spend-control-2"


def test_a_draft_takes_the_address_of_its_title_when_it_is_handed_in(author, topic):
    guide = make_guide(slug="untitled", owner=author, topics=[topic])
    draft = make_draft(guide, created_by=author, title="Spend control")

    draft.submit(by=author)

    assert Guide.objects.get().slug == "spend-control"


def test_nobody_keeps_very_many_drafts(author):
    for number in range(30):
        make_guide(owner=author, slug=f"draft-{number}")

    with pytest.raises(ValidationError, match="30 drafts"):
        Guide.objects.start(
            by=author, key="00000000-0000-4000-8000-000000000003", kind="primer"
        )


def test_the_record_of_a_guide_is_only_added_to(guide, curator):
    guide.withdraw(by=curator, reason="The rules changed.")
    action = GuideAction.objects.get(verb="withdraw")

    for change in (
        lambda: GuideAction.objects.filter(pk=action.pk).update(reason="Other."),
        action.delete,
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
