"""What is a repeat, and what only looks like one."""

import uuid
from datetime import timedelta

import pytest

from discussions.models import Comment
from tests.factories import make_comment, make_reply


@pytest.fixture(autouse=True)
def _repeats(settings):
    settings.COMMENT_REPEAT_TIME = timedelta(minutes=5)


def ask(browser, guide, body: str, **more):
    words = {"kind": "question", "body": body, "key": uuid.uuid4(), "post": "1"}
    return browser.post(f"{guide.get_absolute_url()}discussion/new/", words | more)


def test_other_words_in_a_form_that_was_sent_are_another_comment(
    browser_of, newcomer, guide
):
    browser, key = browser_of(newcomer), uuid.uuid4()

    answers = [ask(browser, guide, body, key=key) for body in ("Who pays?", "When?")]

    assert answers[0].url != answers[1].url
    bodies = Comment.objects.values_list("body", flat=True)
    assert list(bodies) == ["Who pays?", "When?"]


def test_the_first_words_lead_to_their_comment_after_an_edit(
    browser_of, newcomer, guide
):
    browser, key = browser_of(newcomer), uuid.uuid4()
    first = ask(browser, guide, "Who pays?", key=key)
    Comment.objects.get().edit(by=newcomer, body="Who pays in March?")

    assert ask(browser, guide, "Who pays?", key=key).url == first.url
    assert Comment.objects.count() == 1


def test_two_people_can_be_thanked_in_one_thread(newcomer, veteran, author, guide):
    question = make_comment(guide, newcomer)
    answers = [make_reply(question, person) for person in (veteran, author)]

    for answer in answers:
        make_reply(answer, newcomer, "Thank you.")

    thanked = Comment.objects.filter(body="Thank you.")
    assert [comment.in_reply_to for comment in thanked] == answers


def test_what_was_said_in_an_answer_can_be_asked_of_all(newcomer, guide):
    question = make_comment(guide, newcomer)
    make_reply(question, newcomer, "Nobody knows.")

    make_comment(guide, newcomer, "Nobody knows.")

    assert Comment.objects.filter(body="Nobody knows.").count() == 2
