"""The way back from a verb, and the record that stays."""

import pytest
from django.db import IntegrityError, connection, transaction

from discussions.models import Comment, ModerationAction, Report
from tests.discussions.curating import decide, message, queue
from tests.factories import make_comment, make_reply, make_user
from tests.pages import visit


@pytest.fixture
def admin(browser_of, curator):
    """The curator's browser."""
    return browser_of(curator)


@pytest.fixture
def comment(guide, newcomer):
    """A comment that everybody reads."""
    return make_comment(guide, newcomer)


def prepare(comment: Comment, curator, state: str) -> None:
    """Bring a comment to a state."""
    verbs = {"held": "hold", "hidden": "hide", "spam": "mark_spam"}
    if state != "published":
        getattr(comment, verbs[state])(by=curator, reason="Unkind words.")


def undo(admin, answer):
    """Follow the link of the message, and press its button."""
    link = message(answer).a
    assert link.string == "Undo"
    assert admin.get(link["href"]).status_code == 200
    return admin.post(link["href"], follow=True)


@pytest.mark.parametrize(
    ("was", "verb"),
    [
        ("held", "approve"),
        ("published", "hide"),
        ("held", "hide"),
        ("published", "hold"),
        ("hidden", "restore"),
        ("spam", "restore"),
        ("published", "mark_spam"),
        ("held", "mark_spam"),
        ("hidden", "mark_spam"),
    ],
)
def test_what_was_done_is_undone(admin, curator, comment, was, verb):
    prepare(comment, curator, was)
    before = ModerationAction.objects.count()

    answer = undo(admin, decide(admin, [comment], verb, reason="Oh."))

    assert b"Undo: 1 done." in answer.content
    comment.refresh_from_db()
    assert comment.state == was
    assert ModerationAction.objects.count() >= before + 2
    if was == "hidden":
        assert comment.hidden_reason == "Unkind words."


def test_undoing_brings_the_reports_back_to_the_queue(admin, comment, veteran):
    Report.file(network="a", by=veteran, comment=comment, reason="unkind")
    answer = decide(admin, [comment], "hide", reason="Oh.")
    assert queue(admin) == []

    undo(admin, answer)

    assert queue(admin) == [comment]
    assert Report.objects.open().count() == 1


def test_several_are_undone_at_once(admin, guide, newcomer):
    comments = [make_comment(guide, newcomer) for _ in range(3)]

    answer = undo(admin, decide(admin, comments, "hide", reason="Oh."))

    assert b"Undo: 3 done." in answer.content
    assert Comment.objects.approved().count() == 3


def test_keeping_has_no_way_back(admin, comment, veteran):
    Report.file(network="a", by=veteran, comment=comment, reason="unkind")

    assert message(decide(admin, [comment], "keep")).a is None


def test_what_somebody_did_since_is_not_undone(admin, comment):
    answer = decide(admin, [comment], "hide", reason="Oh.")
    colleague = make_user("Sample Colleague", is_staff=True)
    comment.refresh_from_db()
    comment.restore(by=colleague, reason="It was fine.")
    comment.hide(by=colleague, reason="It was not.")

    assert b"Something else was done to it since." in undo(admin, answer).content

    comment.refresh_from_db()
    assert comment.hidden_reason == "It was not."


def test_undoing_twice_changes_nothing(admin, comment):
    answer = decide(admin, [comment], "hide", reason="Oh.")
    for _ in range(2):
        undo(admin, answer)

    comment.refresh_from_db()
    assert (comment.state, comment.actions.count()) == ("published", 2)


def test_looking_at_the_way_back_undoes_nothing(admin, comment):
    answer = decide(admin, [comment], "hide", reason="Oh.")
    admin.get(message(answer).a["href"])

    comment.refresh_from_db()
    assert comment.state == "hidden"


def test_only_who_did_it_undoes_it(admin, browser_of, reader, newcomer, comment):
    answer = decide(admin, [comment], "hide", reason="Oh.")
    link = message(answer).a["href"]
    keeper = make_user("Sample Keeper", is_staff=True, is_superuser=True)

    assert reader.post(link).status_code == 302
    assert browser_of(newcomer).post(link).status_code == 302
    browser_of(keeper).post(link)

    comment.refresh_from_db()
    assert comment.state == "hidden"


def test_a_way_back_that_nobody_gave_leads_nowhere(admin):
    assert admin.get("/admin/discussions/comment/undo/made-up/").status_code == 404


def test_spam_with_replies_leaves_its_place(admin, reader, comment, veteran, guide):
    make_reply(comment, veteran, "Please do not buy this.")

    decide(admin, [comment], "mark_spam")

    page = visit(reader, guide.get_absolute_url()).get_text()
    assert "Who owns the budget?" not in page
    assert "Please do not buy this." in page


def test_spam_without_replies_leaves_nothing(admin, reader, comment, guide):
    decide(admin, [comment], "mark_spam")

    assert not visit(reader, guide.get_absolute_url()).select(".comment")
    assert reader.get(comment.get_absolute_url()).status_code == 404


def test_the_record_cannot_be_changed_or_deleted(curator, comment):
    comment.hide(by=curator, reason="Unkind.")
    changes = "UPDATE {} SET reason = 'Kind.'", "DELETE FROM {}"
    for change in changes:
        with pytest.raises(IntegrityError), transaction.atomic():
            connection.cursor().execute(change.format(ModerationAction._meta.db_table))

    assert ModerationAction.objects.get().reason == "Unkind."


def test_the_record_outlives_curator_and_author(curator, comment, newcomer):
    comment.hide(by=curator, reason="Unkind.")
    curator.delete()
    newcomer.delete()

    action = ModerationAction.objects.get()
    assert (action.by, action.reason, action.comment_id) == (
        None,
        "Unkind.",
        comment.pk,
    )
