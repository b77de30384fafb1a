"""Asking and answering beside a guide."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction

from discussions.models import THREADS_A_PAGE, Comment, ModerationAction, Thread
from tests.factories import make_comment, make_reply, publish
from tests.pages import send, visit


def new_thread(guide) -> str:
    return f"{guide.get_absolute_url()}discussion/new/"


def typed(body: str = "Who owns the budget?", **more) -> dict:
    return {"kind": "question", "body": body, "key": uuid.uuid4(), "post": "1", **more}


def test_a_newcomer_asks_and_sees_it_in_the_guide(browser_of, newcomer, guide):
    browser = browser_of(newcomer)

    answer = browser.post(new_thread(guide), typed())

    comment = Comment.objects.get()
    assert answer.url == f"{guide.get_absolute_url()}#comment-{comment.pk}"
    page = visit(browser, guide.get_absolute_url())
    assert "Who owns the budget?" in page.find(id=f"comment-{comment.pk}").get_text()


def test_a_veteran_answers_a_named_comment(browser_of, newcomer, veteran, guide):
    question = make_comment(guide, newcomer)
    address = f"{question.thread.get_absolute_url()}reply/?to={question.pk}"

    page = visit(browser_of(veteran), address)
    browser_of(veteran).post(address, typed("Your SRO, and early."))

    assert page.h1.get_text() == "Reply to Sample Newcomer"
    reply = Comment.objects.last()
    assert (reply.in_reply_to, reply.author) == (question, veteran)


def test_a_reader_sees_who_answered_whom(reader, newcomer, veteran, guide):
    make_reply(make_comment(guide, newcomer), veteran)

    text = visit(reader, guide.get_absolute_url()).select_one(".replies").get_text()

    assert "Sample Veteran" in text
    assert "in reply to Sample Newcomer" in " ".join(text.split())


def test_a_form_that_comes_to_stand_in_a_page_is_not_kept_as_the_page(
    reader, browser_of, newcomer, guide
):
    for browser in reader, browser_of(newcomer):
        assert "HX-Request" in browser.get(new_thread(guide))["Vary"]


def test_a_preview_posts_nothing(browser_of, newcomer, guide):
    words = {"kind": "question", "body": "*Who* pays?", "key": uuid.uuid4()}

    page = send(browser_of(newcomer), new_thread(guide), words | {"preview": "1"})

    assert page.select_one(".preview em").get_text() == "Who"
    assert page.textarea.get_text().strip() == "*Who* pays?"
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        "",
        "   ",
        "\u200b\x07",
        "[a]: http://x.y",
        "&#8203;",
        "\u3164",
        "x" * 10_001,
        "\u0958" * 5_001,  # each is stored as two
        "a\x00b",
    ],
)
def test_what_cannot_be_posted_comes_back_with_a_reason(
    browser_of, newcomer, guide, body
):
    page = send(browser_of(newcomer), new_thread(guide), typed(body), 422)

    assert page.title.get_text().startswith("Error: ")
    assert page.select_one(".error-summary a")["href"] == "#compose-body"
    assert not Comment.objects.exists()


def test_line_ends_count_once_however_they_are_sent(browser_of, newcomer, guide):
    body = "x\r\n" * 4_999 + "xx"

    browser_of(newcomer).post(new_thread(guide), typed(body))

    assert len(Comment.objects.get().body) == 10_000


def test_a_repeat_is_stored_once_and_leads_to_the_first(browser_of, newcomer, guide):
    browser, words = browser_of(newcomer), typed()

    answers = [browser.post(new_thread(guide), words) for _ in range(2)]

    assert answers[0].url == answers[1].url
    assert (Comment.objects.count(), Thread.objects.count()) == (1, 1)


def test_a_withdrawn_guide_takes_no_comments(browser_of, newcomer, guide, curator):
    guide.withdraw(by=curator, reason="Old.")

    page = send(browser_of(newcomer), new_thread(guide), typed(), 422)

    assert "no longer live" in page.select_one(".error-summary").get_text()
    assert page.textarea.get_text().strip() == "Who owns the budget?"


def test_hiding_leaves_a_stub_with_the_reason(reader, newcomer, guide, curator):
    comment = make_comment(guide, newcomer, "Call Sam on this number.")
    make_reply(comment, curator, "Please do not.")

    comment.hide(by=curator, reason="It names a colleague.")

    text = visit(reader, guide.get_absolute_url()).select_one(".talk").get_text()
    assert "It names a colleague." in text
    assert "Call Sam" not in text
    assert newcomer.display_name not in text
    assert "Please do not." in text


def test_a_hidden_comment_is_not_answered(
    browser_of, veteran, newcomer, guide, curator
):
    comment = make_comment(guide, newcomer)
    comment.hide(by=curator, reason="It names a colleague.")
    address = f"{comment.thread.get_absolute_url()}reply/"

    for query in "", f"?to={comment.pk}":
        visit(browser_of(veteran), address + query, 404)
    with pytest.raises(ValidationError, match="no longer shown"):
        make_reply(comment, veteran)


def test_threads_that_nobody_sees_do_not_hide_later_ones(
    reader, newcomer, guide, monkeypatch
):
    monkeypatch.setattr("discussions.threads.THREADS_A_PAGE", 2)
    comments = [make_comment(guide, newcomer) for _ in range(4)]
    Comment.objects.filter(pk=comments[0].pk).update(state="spam")

    page = visit(reader, guide.get_absolute_url())
    more = page.find("a", string="More of the discussion")["href"]

    shown = [page, visit(reader, more)]
    assert [len(part.select(".thread")) for part in shown] == [2, 1]


def test_words_come_back_when_the_comment_was_hidden_meanwhile(
    browser_of, veteran, newcomer, guide, curator
):
    comment = make_comment(guide, newcomer)
    comment.hide(by=curator, reason="It names a colleague.")
    address = f"{comment.thread.get_absolute_url()}reply/?to={comment.pk}"

    page = send(browser_of(veteran), address, typed("A long answer"), 422)

    assert page.textarea.get_text().strip() == "A long answer"
    assert newcomer.display_name not in page.get_text()


def test_words_are_posted_when_the_guide_moved_meanwhile(
    browser_of, newcomer, guide, curator
):
    old = new_thread(guide)
    guide.rename("elsewhere", by=curator)

    answer = browser_of(newcomer).post(old, typed())

    assert answer.url.startswith("/guides/elsewhere/#comment-")


def test_words_come_back_when_the_guide_is_gone(browser_of, newcomer, guide, curator):
    guide.mark_gone(by=curator, reason="It named a person.")

    page = send(browser_of(newcomer), new_thread(guide), typed("A question"), 409)

    assert page.textarea.get_text().strip() == "A question"


def test_a_repeat_leads_to_the_first_even_after_a_hiding(
    browser_of, newcomer, veteran, guide, curator
):
    comment = make_comment(guide, newcomer)
    address = f"{comment.thread.get_absolute_url()}reply/?to={comment.pk}"
    browser, words = browser_of(veteran), typed("An answer")
    first = browser.post(address, words)
    comment.hide(by=curator, reason="It names a colleague.")

    assert browser.post(address, words).url == first.url
    assert Comment.objects.count() == 2


def test_a_closed_discussion_says_so_before_anybody_writes(
    browser_of, newcomer, guide, curator
):
    comment = make_comment(guide, newcomer)
    guide.withdraw(by=curator, reason="Old.")

    for address in new_thread(guide), f"{comment.thread.get_absolute_url()}reply/":
        page = visit(browser_of(newcomer), address)
        assert "withdrawn" in page.get_text()
        assert not page.select("main form")


def test_hiding_and_restoring_are_on_record(newcomer, guide, curator):
    comment = make_comment(guide, newcomer)
    comment.hide(by=curator, reason="Wrong place.", note="Second time.")

    comment.restore(by=curator, reason="It was fine.")

    verbs = list(ModerationAction.objects.values_list("verb", "private_note"))
    assert verbs == [("restore", ""), ("hide", "Second time.")]
    assert Comment.objects.get().state == "published"


def test_a_curator_cannot_hide_without_a_reason(newcomer, guide, curator):
    comment = make_comment(guide, newcomer)

    with pytest.raises(ValidationError, match="reason"):
        comment.hide(by=curator, reason=" ")


def test_the_record_of_curators_cannot_be_rewritten(newcomer, guide, curator):
    make_comment(guide, newcomer).hide(by=curator, reason="Wrong place.")

    for change in (
        lambda: ModerationAction.objects.update(reason="Nothing."),
        lambda: ModerationAction.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_record_outlives_its_curator(newcomer, guide, curator):
    make_comment(guide, newcomer).hide(by=curator, reason="Wrong place.")

    curator.delete()

    assert ModerationAction.objects.get().by is None


def test_a_reply_cannot_leave_its_thread(newcomer, guide):
    here, there = make_comment(guide, newcomer), make_comment(guide, newcomer)

    with pytest.raises(IntegrityError), transaction.atomic():
        reply = make_reply(here, newcomer)
        Comment.objects.filter(pk=reply.pk).update(in_reply_to=there)
        connection.check_constraints()


def test_a_comment_is_not_reached_through_another_guide(reader, newcomer, guide):
    comment = make_comment(guide, newcomer)
    elsewhere = f"{publish().get_absolute_url()}discussion/{comment.thread_id}/"

    visit(reader, elsewhere, 404)


def test_those_who_leave_leave_their_words(reader, newcomer, guide):
    make_comment(guide, newcomer, "Still true.")
    newcomer.delete()

    text = visit(reader, guide.get_absolute_url()).select_one(".talk").get_text()

    assert "Still true." in text
    assert "A former member" in text


def test_a_permanent_link_leads_to_the_place(reader, newcomer, guide, monkeypatch):
    monkeypatch.setattr("discussions.threads.COMMENTS_A_THREAD", 2)
    first = make_comment(guide, newcomer)
    replies = [make_reply(first, newcomer, str(n)) for n in range(4)]

    addresses = [reader.get(c.get_absolute_url()).url for c in [first, *replies]]

    thread = first.thread.get_absolute_url()
    assert addresses == [
        f"{guide.get_absolute_url()}#comment-{first.pk}",
        f"{guide.get_absolute_url()}#comment-{replies[0].pk}",
        f"{thread}?after={replies[0].pk}#comment-{replies[1].pk}",
        f"{thread}?after={replies[0].pk}#comment-{replies[2].pk}",
        f"{thread}?after={replies[2].pk}#comment-{replies[3].pk}",
    ]


def test_a_link_leads_to_the_thread_when_fifty_come_before(reader, newcomer, guide):
    def place_after_adding(threads: int) -> str:
        Thread.objects.bulk_create(Thread(guide=guide) for _ in range(threads))
        return reader.get(make_comment(guide, newcomer).get_absolute_url()).url

    in_page = place_after_adding(THREADS_A_PAGE - 1)
    assert in_page.startswith(f"{guide.get_absolute_url()}#comment-")
    assert f"{guide.get_absolute_url()}discussion/" in place_after_adding(0)
