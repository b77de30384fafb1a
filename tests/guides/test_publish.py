"""The verbs of a guide, and what the database holds whoever writes."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from guides.models import Edition, Guide, Word
from tests.factories import make_draft, make_guide, make_user, publish


def test_publishing_makes_the_draft_what_readers_see(author, curator):
    draft = make_draft(created_by=author, state="submitted")

    draft.guide.publish(by=curator)

    guide = Guide.objects.get()
    assert (guide.visibility, guide.live_edition) == ("live", draft)
    assert guide.live_edition.change_note == "First published."


def test_nobody_publishes_their_own_edition_without_a_reason(curator):
    draft = make_draft(created_by=curator)

    with pytest.raises(ValidationError, match="your own edition"):
        draft.publish(by=curator)

    draft.publish(by=curator, override_reason="The other curator is ill.")
    assert Edition.objects.get().override_reason == "The other curator is ill."


def test_a_second_edition_needs_a_change_note_unless_minor(guide, curator):
    draft = make_draft(guide)
    with pytest.raises(ValidationError, match="change note"):
        draft.publish(by=curator)

    draft.is_minor = True
    draft.save()
    draft.publish(by=curator)


def test_the_edition_before_becomes_history(guide, curator):
    first = guide.live_edition

    make_draft(guide).publish(by=curator, change_note="New rules.")

    first.refresh_from_db()
    assert first.state == "superseded"


def test_an_edition_is_published_once(guide, curator):
    with pytest.raises(ValidationError, match="already"):
        guide.live_edition.publish(by=curator)


@pytest.mark.parametrize("verb", ["withdraw", "mark_gone"])
def test_leaving_public_life_takes_a_reason(guide, curator, verb):
    with pytest.raises(ValidationError, match="reason"):
        getattr(guide, verb)(by=curator, reason="  ")

    guide.refresh_from_db()
    assert guide.visibility == "live"


def test_a_guide_without_a_live_edition_cannot_be_withdrawn(curator):
    with pytest.raises(ValidationError, match="unpublished"):
        make_guide().withdraw(by=curator, reason="Why not.")


def test_a_guide_cannot_be_merged_into_itself(guide, curator):
    with pytest.raises(ValidationError, match="another guide"):
        guide.merge(into=guide, by=curator)


def test_a_slug_that_led_elsewhere_is_not_given_again(guide, curator):
    old = guide.slug
    guide.rename("a-new-one", by=curator)

    with pytest.raises(ValidationError, match="had this address before"):
        make_guide().rename(old, by=curator)


def test_a_guide_may_take_its_own_old_address_back(guide, curator):
    old = guide.slug
    guide.rename("a-new-one", by=curator)

    guide.rename(old, by=curator)

    assert [row.slug for row in guide.old_slugs.all()] == ["a-new-one"]


def test_words_of_withdrawn_guides_leave_the_vocabulary(curator):
    guide = publish(title="Quango")
    assert Word.objects.filter(word="quango").exists()

    guide.withdraw(by=curator, reason="Old.")

    assert not Word.objects.filter(word="quango").exists()


@pytest.mark.parametrize(
    "change",
    [
        {"slug": "new"},
        {"slug": "Not A Slug"},
        {"visibility": "live"},
        {"visibility": "gone"},
        {"visibility": "merged"},
        {"stages": ["some-day"]},
        {"kind": "poem"},
    ],
)
def test_the_database_refuses_a_guide_that_cannot_be(change):
    guide = make_guide()

    with pytest.raises(IntegrityError), transaction.atomic():
        Guide.objects.filter(pk=guide.pk).update(**change)


def test_the_database_refuses_another_guides_edition_as_the_live_one(guide):
    other = publish()

    with pytest.raises(IntegrityError), transaction.atomic():
        other_edition = other.live_edition_id
        Guide.objects.filter(pk=other.pk).update(
            live_edition=None, visibility="unpublished"
        )
        Guide.objects.filter(pk=guide.pk).update(live_edition=other_edition)
        connection.check_constraints()


def test_the_database_keeps_one_published_edition(guide):
    draft = make_draft(guide)

    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=draft.pk).update(
            state="published", change_note="x", published_at=guide.first_published_at
        )


@pytest.mark.parametrize("change", [{"body": "Other words."}, {"state": "draft"}])
def test_the_database_keeps_what_readers_have_seen(guide, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=guide.live_edition_id).update(**change)


def test_a_draft_that_was_published_meanwhile_is_not_overwritten(curator):
    draft = make_draft()
    stale = Edition.objects.get(pk=draft.pk)
    draft.publish(by=curator)

    stale.body = "Late words."
    with pytest.raises(IntegrityError), transaction.atomic():
        stale.save()

    assert "Late words." not in Edition.objects.get().body


def test_whoever_changed_a_draft_needs_a_reason_too(author, curator):
    draft = make_draft(created_by=author, state="submitted")
    draft.editors.add(curator, make_user())

    with pytest.raises(ValidationError, match="your own edition"):
        draft.publish(by=curator)


def test_what_was_published_is_never_deleted(guide):
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=guide.live_edition_id).delete()
        connection.check_constraints()


@pytest.mark.parametrize("unseen", ["\u200e", "\u200b", "\u3164", " "])
def test_a_reason_that_nobody_sees_is_none(guide, curator, unseen):
    for verb in guide.withdraw, guide.mark_gone:
        with pytest.raises(ValidationError, match="reason"):
            verb(by=curator, reason=unseen)
    with pytest.raises(ValidationError, match="change note"):
        make_draft(guide).publish(by=curator, change_note=unseen)


@pytest.mark.parametrize("title", ["\u200e", "\u0958" * 120])
def test_a_title_is_checked_as_it_is_stored(title):
    draft = make_draft()
    draft.title = title

    with pytest.raises(ValidationError):
        draft.full_clean()


def test_text_is_cleaned_whoever_writes(reader, curator):
    guide = publish(title="A\x0btitle\u202e", summary="One\nline.")

    guide.live_edition.refresh_from_db()
    assert guide.live_edition.title == "A title"
    assert guide.live_edition.summary == "One line."
    assert reader.get("/feeds/guides/").status_code == 200
