"""A curator's queue: what waits, and what a decision needs."""

import pytest
from django.contrib.admin.models import LogEntry

from discussions.models import Comment, Report
from tests.discussions.curating import decide, queue
from tests.factories import make_comment, make_reply

TOLD = [
    *("Answers", "Who signs it?", "1 approved", "1 open report", "It sells things."),
    "https://shop.example/a?b=1&amp;c=2</code>",
    "<summary>The whole comment</summary>",
]


@pytest.fixture
def admin(browser_of, curator):
    """The curator's browser."""
    return browser_of(curator)


def report(about: Comment, by=None, **given) -> Report:
    """What a reader says about a comment."""
    given.setdefault("reason", "unkind")
    return Report.file(network="a", by=by, comment=about, **given)


def test_held_and_reported_comments_wait_the_oldest_first(
    admin, curator, newcomer, veteran, guide
):
    reported, _, held = (make_comment(guide, newcomer) for _ in range(3))
    report(reported, by=veteran)
    held.hold(by=curator, reason="Let me look.")

    assert queue(admin) == [reported, held]


def test_what_was_taken_away_has_lists_of_its_own(admin, curator, newcomer, guide):
    spam, hidden, fine = (make_comment(guide, newcomer) for _ in range(3))
    spam.mark_spam(by=curator)
    hidden.hide(by=curator, reason="Unkind.")

    assert queue(admin, show="spam") == [spam]
    assert queue(admin, show="hidden") == [hidden]
    assert queue(admin, show="all") == [fine, hidden, spam]


def test_a_row_says_all_that_a_decision_needs(admin, newcomer, veteran, guide):
    first = make_comment(guide, veteran, "Who signs it?")
    words = "My shop: [here](https://shop.example/a?b=1&c=2). " + "Buy. " * 200
    held = make_reply(first, newcomer, words)
    report(held, by=veteran, words="It sells things.")

    page = admin.get("/admin/discussions/comment/").content.decode()

    member = f"/admin/discussions/member/{newcomer.pk}/change/"
    for said in *TOLD, member, held.get_absolute_url(), guide.live_edition.title:
        assert said in page


def test_hostile_words_stay_words(admin, newcomer, veteran, guide):
    hostile = "<script>alert(1)</script>"
    comment = make_comment(guide, newcomer, hostile)
    report(comment, by=veteran, words=hostile)
    for address in "", f"{comment.pk}/change/":
        page = admin.get(f"/admin/discussions/comment/{address}").content
        assert b"<script>alert" not in page
        assert b"&lt;script&gt;alert" in page


def test_a_curator_approves_several_at_once(admin, curator, newcomer, guide):
    waiting = [make_comment(guide, newcomer) for _ in range(2)]
    for comment in waiting:
        comment.hold(by=curator, reason="Let me look.")

    answer = decide(admin, waiting, "approve")

    assert b"Approve: 2 done." in answer.content
    assert Comment.objects.approved().count() == 2
    assert queue(admin) == []


def test_a_curator_hides_a_comment_with_a_reason(admin, curator, newcomer, guide):
    comment = make_comment(guide, newcomer)

    decide(admin, [comment], "hide", reason="It names a colleague.", note="Twice.")
    assert not LogEntry.objects.filter(change_message__contains="Twice.").exists()

    comment.refresh_from_db()
    assert (comment.state, comment.hidden_by) == ("hidden", curator)
    assert comment.actions.get().private_note == "Twice."


def test_hiding_without_a_reason_asks_for_one(admin, newcomer, guide):
    comment = make_comment(guide, newcomer)

    answer = decide(admin, [comment], "hide", reason="", note="Twice.")

    assert b"This field is required" in answer.content
    assert b"Twice." in answer.content
    assert Comment.objects.approved().exists()


@pytest.mark.parametrize(
    ("verb", "state"), [("mark_spam", "spam"), ("hold", "held"), ("hide", "hidden")]
)
def test_every_verb_takes_a_comment_from_the_page(
    admin, reader, newcomer, guide, verb, state
):
    comment = make_comment(guide, newcomer)

    decide(admin, [comment], verb, reason="It is so.")

    comment.refresh_from_db()
    assert comment.state == state
    assert b"Who owns the budget?" not in reader.get(guide.get_absolute_url()).content


def test_keeping_a_comment_closes_its_reports(admin, newcomer, veteran, guide):
    comment = make_comment(guide, newcomer)
    report(comment, by=veteran)
    report(comment)

    decide(admin, [comment], "keep")

    assert not Report.objects.open().exists()
    assert queue(admin) == []
    assert Comment.objects.approved().get() == comment


def test_a_verb_that_cannot_be_done_says_why(admin, newcomer, guide):
    comment = make_comment(guide, newcomer)

    answer = decide(admin, [comment], "approve")

    assert b"This comment is published, so this cannot be done." in answer.content
    assert not comment.actions.exists()


def test_words_are_read_but_not_changed(admin, newcomer, guide):
    comment = make_comment(guide, newcomer)
    address = f"/admin/discussions/comment/{comment.pk}/change/"

    assert b"Who owns the budget?" in admin.get(address).content
    assert admin.post(address, {"body": "Other words."}).status_code == 403


def test_a_comment_has_its_story_on_a_page(admin, curator, newcomer, veteran, guide):
    comment = make_comment(guide, newcomer, "Call Sam.")
    make_reply(comment, veteran, "Ask by email instead.")
    comment.edit(by=newcomer, body="Call the team.")
    report(comment, by=veteran, words="It had a name.")
    comment.keep(by=curator, note="The name is gone.")

    page = admin.get(f"/admin/discussions/comment/{comment.pk}/change/")

    for said in "Call Sam.", "It had a name.", "The name is gone.", "instead.":
        assert said in page.content.decode()


def test_a_curator_finds_what_a_person_wrote_and_what_stands_beside_a_guide(
    admin, newcomer, veteran, guide
):
    mine, other = make_comment(guide, newcomer), make_comment(guide, veteran)
    searches = {
        newcomer.email.upper(): {mine},
        veteran.handle: {other},
        guide.slug: {mine, other},
        "nobody": set(),
    }

    for words, found in searches.items():
        assert set(queue(admin, q=words)) == found
