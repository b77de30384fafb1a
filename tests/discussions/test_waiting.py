"""Words that wait for their author, and what may happen meanwhile."""

import pytest

from discussions.models import Comment, PendingReply
from tests.discussions.test_reply_signed_out import (
    WORDS,
    form_of,
    place,
    sign_in,
    typed,
    words_in,
)
from tests.factories import make_comment, make_reply, publish
from tests.pages import check, send, send_from_page, visit

HAPPENINGS = {
    "hidden": lambda comment, by: comment.hide(by=by, reason="It names a colleague."),
    "deleted": lambda comment, by: comment.delete_words(by=comment.author),
    "held": lambda comment, by: comment.hold(by=by, reason="To look at."),
    "spam": lambda comment, by: comment.mark_spam(by=by),
    "gone": lambda comment, by: comment.thread.guide.mark_gone(by=by, reason="Old."),
    "merged": lambda comment, by: comment.thread.guide.merge(into=publish(), by=by),
    "withdrawn": lambda comment, by: comment.thread.guide.withdraw(by=by, reason="-"),
}

STATUS = {"held": 404, "spam": 404}  # the same as if it had never been there


def answer_to(comment) -> str:
    return f"{comment.thread.get_absolute_url()}reply/?to={comment.pk}"


@pytest.fixture
def question(guide, veteran):
    return make_comment(guide, veteran)


@pytest.mark.parametrize("what", HAPPENINGS)
def test_words_that_wait_come_back_whatever_happened_meanwhile(
    reader, newcomer, curator, question, what
):
    send_from_page(reader, answer_to(question), typed())
    HAPPENINGS[what](question, curator)
    sign_in(reader, newcomer)

    answer = reader.get(answer_to(question))
    assert words_in(check(answer, STATUS.get(what, 200))) == WORDS


@pytest.mark.parametrize("what", HAPPENINGS)
def test_words_that_are_sent_come_back_whatever_happened_meanwhile(
    reader, browser_of, newcomer, curator, question, what
):
    HAPPENINGS[what](question, curator)
    status = STATUS.get(what) or (409 if what in {"gone", "merged"} else 422)

    page = send(browser_of(newcomer), answer_to(question), typed(), status)
    answer = send_from_page(reader, answer_to(question), typed())

    assert words_in(page) == words_in(check(answer, status)) == WORDS
    assert not PendingReply.objects.exists()
    assert "pending" not in answer.cookies


def test_what_is_held_is_not_shown_to_those_who_answer_it(
    browser_of, newcomer, veteran, curator, question
):
    question.hold(by=curator, reason="To look at.")

    page = send(browser_of(newcomer), answer_to(question), typed(), 404)

    assert veteran.display_name not in page.get_text()
    assert question.body not in page.main.get_text().replace(WORDS, "")


def test_words_wait_in_several_places_at_once(reader, guide, newcomer, question):
    other = publish()
    addresses = [place(guide), answer_to(question), place(other)]
    for number, address in enumerate(addresses):
        send_from_page(reader, address, typed(f"Words {number}"))
    sign_in(reader, newcomer)

    for number, address in enumerate(addresses):
        page = visit(reader, address)
        assert words_in(page) == f"Words {number}"
        reader.post(address, form_of(page) | {"post": "1"})

    assert Comment.objects.filter(author=newcomer).count() == 3
    assert not PendingReply.objects.exists()
    assert not reader.cookies["pending"].value


def test_a_page_leads_to_words_that_wait_elsewhere(reader, guide, question):
    send_from_page(reader, answer_to(question), typed())

    for near in guide, publish():
        page = visit(reader, near.get_absolute_url())
        link = page.find("a", string="Go on with them")
        assert link["href"] == answer_to(question)


def test_a_day_counts_from_the_last_change(reader, guide, time_machine):
    send_from_page(reader, place(guide), typed("A first try"))
    start = PendingReply.objects.get().created_at.timestamp()
    time_machine.move_to(start + 23.9 * 3600)
    send_from_page(reader, place(guide), typed())

    time_machine.move_to(start + 24.2 * 3600)

    assert words_in(visit(reader, place(guide))) == WORDS


def test_what_another_tab_left_goes_on_waiting(reader, guide, newcomer):
    send_from_page(reader, place(guide), typed("Of one tab"))
    sign_in(reader, newcomer)
    form = form_of(visit(reader, place(guide)))
    send_from_page(reader, place(guide), typed("Of the other tab"))

    reader.post(place(guide), form | {"post": "1"})

    assert Comment.objects.get().body == "Of one tab"
    assert words_in(visit(reader, place(guide))) == "Of the other tab"


def test_a_reply_without_a_name_goes_to_the_first_that_is_shown(
    browser_of, newcomer, veteran, curator, question
):
    answer = make_reply(question, newcomer)
    question.hide(by=curator, reason="It names a colleague.")

    page = visit(browser_of(veteran), f"{question.thread.get_absolute_url()}reply/")

    assert page.select_one("form.compose")["action"] == answer_to(answer)
