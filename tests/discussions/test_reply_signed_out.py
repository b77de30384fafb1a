"""Writing first and signing after: no word is lost on the way."""

import re
import uuid

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client

from accounts.models import User
from discussions.models import Comment, PendingReply
from tests.factories import make_comment, make_reply, make_user
from tests.pages import check, send_from_page, visit

WORDS = "Who owns the budget, and who do I ask in March?"


def place(guide) -> str:
    return f"{guide.get_absolute_url()}discussion/new/"


def typed(body: str = WORDS, **more) -> dict:
    return {"kind": "question", "body": body, **more}


def sign_in(browser: Client, person: User) -> None:
    browser.force_login(person, "accounts.backends.PersonBackend")


def words_in(page) -> str:
    return page.select_one("textarea").get_text().strip()


def form_of(page) -> dict:
    """What the reply form of a page would send, without any of its buttons."""
    form = page.select_one("form.compose")
    fields = {field["name"]: field.get("value", "") for field in form.select("input")}
    chosen = form.select_one("option[selected]")
    fields |= {"body": words_in(form)} | ({"kind": chosen["value"]} if chosen else {})
    return fields


def test_a_signed_out_reader_writes_in_the_guides_own_page(reader, guide):
    page = visit(reader, guide.get_absolute_url())

    form = page.select_one("form.compose")
    assert form["action"] == place(guide)
    assert not form.select("[name=csrfmiddlewaretoken], [name=key]")
    assert not reader.cookies


def test_words_wait_while_their_author_signs_in(reader, guide, newcomer):
    answer = send_from_page(reader, place(guide), typed(sign_with="email"))
    assert answer.url.startswith("/accounts/login/?next=")
    assert not Comment.objects.exists()

    sign_in(reader, newcomer)
    page = visit(reader, place(guide))
    assert words_in(page) == WORDS
    answer = reader.post(place(guide), form_of(page) | {"post": "1"})

    comment = Comment.objects.get()
    assert (comment.body, comment.author) == (WORDS, newcomer)
    assert comment.thread.kind == "question"
    assert answer.url.endswith(f"#comment-{comment.pk}")


def test_the_kept_words_go_with_their_cookie_once_they_are_posted(
    reader, guide, newcomer
):
    send_from_page(reader, place(guide), typed())
    sign_in(reader, newcomer)

    answer = reader.post(place(guide), form_of(visit(reader, place(guide))))

    assert answer.cookies["pending"]["max-age"] == 0
    assert not PendingReply.objects.exists()


def test_other_words_go_on_waiting_when_a_comment_is_posted(
    reader, guide, newcomer, veteran
):
    question = make_comment(guide, veteran)
    address = f"{question.thread.get_absolute_url()}reply/?to={question.pk}"
    send_from_page(reader, address, typed("An answer that waits"))
    sign_in(reader, newcomer)

    answer = reader.post(place(guide), typed(post="1"))

    assert "pending" not in answer.cookies
    assert words_in(visit(reader, address)) == "An answer that waits"


def test_the_form_is_empty_after_kept_words_were_posted_in_place(
    reader, guide, newcomer
):
    send_from_page(reader, place(guide), typed())
    sign_in(reader, newcomer)
    form = form_of(visit(reader, place(guide)))

    answer = reader.post(place(guide), form, headers={"hx-request": "true"})

    assert answer.status_code == 200
    assert answer.cookies["pending"]["max-age"] == 0
    assert words_in(BeautifulSoup(answer.content, "html.parser")) == ""


def test_signing_out_says_when_to_try_again(guide, browser_of, newcomer, settings):
    settings.PENDING_LIMITS = {60: 1}
    send_from_page(Client(), place(guide), typed())

    answer = browser_of(newcomer).post(place(guide), typed(sign_out="1"))

    assert words_in(check(answer, 429)) == WORDS
    assert answer["Retry-After"]


def test_posting_kept_words_twice_stores_them_once(reader, guide, newcomer):
    send_from_page(reader, place(guide), typed())
    sign_in(reader, newcomer)
    form = form_of(visit(reader, place(guide)))

    addresses = {reader.post(place(guide), form).url for _ in range(2)}

    assert len(addresses) == 1
    assert Comment.objects.count() == 1


def test_the_cookie_is_signed_and_kept_from_scripts(reader, guide):
    cookie = send_from_page(reader, place(guide), typed()).cookies["pending"]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 24 * 3600
    reader.cookies["pending"] = str(PendingReply.objects.get().key)
    assert words_in(visit(reader, place(guide))) == ""


def test_nobody_else_finds_the_words(reader, guide, newcomer):
    send_from_page(reader, place(guide), typed())
    stranger = Client()
    sign_in(stranger, newcomer)

    assert WORDS not in visit(stranger, place(guide)).get_text()


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {},
    ],
)
def test_a_form_from_elsewhere_keeps_nothing_and_gives_the_words_back(
    reader, guide, headers
):
    answer = reader.post(place(guide), typed(), headers=headers)

    page = check(answer, 403)
    assert words_in(page) == WORDS
    assert not PendingReply.objects.exists()
    assert "pending" not in answer.cookies


def test_the_words_wait_for_a_day(reader, guide, time_machine):
    send_from_page(reader, place(guide), typed())
    pending = PendingReply.objects.get()
    time_machine.move_to(pending.created_at.timestamp() + 23.9 * 3600)
    assert PendingReply.objects.kept().exists()

    time_machine.move_to(pending.created_at.timestamp() + 24.1 * 3600)

    assert PendingReply.objects.over().exists()
    assert words_in(visit(reader, place(guide))) == ""


def test_changed_words_replace_the_ones_that_wait(reader, guide):
    send_from_page(reader, place(guide), typed("A first try"))
    send_from_page(reader, place(guide), typed())

    assert PendingReply.objects.get().body == WORDS


def test_words_in_answer_to_somebody_wait_too(reader, guide, newcomer, veteran):
    question = make_comment(guide, newcomer)
    address = f"{question.thread.get_absolute_url()}reply/?to={question.pk}"
    send_from_page(reader, address, typed("Your SRO, and early."))
    notice = visit(reader, guide.get_absolute_url()).select_one(".notice a")
    assert notice["href"] == address

    sign_in(reader, veteran)
    reader.post(address, form_of(visit(reader, address)))

    assert Comment.objects.last().in_reply_to == question


def test_nothing_is_kept_beside_a_withdrawn_guide(reader, guide, curator):
    guide.withdraw(by=curator, reason="Old.")

    page = check(send_from_page(reader, place(guide), typed()), 422)

    assert words_in(page) == WORDS
    assert not PendingReply.objects.exists()


def test_kept_words_come_back_when_the_guide_is_withdrawn_meanwhile(
    reader, guide, curator, newcomer
):
    send_from_page(reader, place(guide), typed())
    guide.withdraw(by=curator, reason="Old.")
    sign_in(reader, newcomer)

    page = visit(reader, place(guide))

    assert words_in(page) == WORDS
    assert "withdrawn" in page.get_text()


@pytest.mark.parametrize("button", ["sign_out", "change"])
def test_words_survive_signing_out_in_the_middle(reader, guide, newcomer, button):
    sign_in(reader, newcomer)
    page = visit(reader, guide.get_absolute_url())
    fields = form_of(page) | typed() | {button: "1"}

    answer = reader.post(place(guide), fields)

    assert "sessionid" not in reader.cookies or not reader.cookies["sessionid"].value
    assert answer.url.startswith(
        place(guide) if button == "sign_out" else "/accounts/login/?next="
    )
    assert words_in(visit(reader, place(guide))) == WORDS
    assert not Comment.objects.exists()


def test_words_survive_a_session_that_has_ended(reader, guide, newcomer):
    sign_in(reader, newcomer)
    fields = form_of(visit(reader, guide.get_absolute_url())) | typed(post="1")
    Client.logout(reader)

    answer = send_from_page(reader, place(guide), fields)

    assert answer.url == place(guide)
    assert words_in(visit(reader, place(guide))) == WORDS
    assert not Comment.objects.exists()


def test_words_of_a_page_from_before_signing_in_are_shown_again(
    reader, guide, newcomer
):
    form = form_of(visit(reader, guide.get_absolute_url()))
    sign_in(reader, newcomer)

    answer = send_from_page(reader, place(guide), form | typed(sign_with="google"))

    assert answer.url == place(guide)
    assert words_in(visit(reader, place(guide))) == WORDS
    assert not Comment.objects.exists()


def test_words_survive_a_token_that_is_too_old(guide, newcomer):
    browser = Client(enforce_csrf_checks=True)
    sign_in(browser, newcomer)

    page = check(
        browser.post(place(guide), typed(csrfmiddlewaretoken="x" * 64, post="1")), 403
    )

    assert words_in(page) == WORDS
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        (typed("x" * 10_001), "too long"),
        (typed(kind="nonsense"), "nonsense"),
        (typed(key="no-key"), "UUID"),
    ],
)
def test_words_survive_a_mistake(reader, guide, newcomer, fields, problem):
    sign_in(reader, newcomer)
    for answer in (
        reader.post(place(guide), fields),
        send_from_page(Client(), place(guide), fields),
    ):
        page = check(answer, 422)
        assert words_in(page) == fields["body"]
        assert problem in page.select_one(".error-summary").get_text()


def test_words_survive_a_limit(reader, guide, newcomer, real_limits):
    sign_in(reader, newcomer)
    reader.post(place(guide), typed("A first question"))

    answer = reader.post(place(guide), typed())

    page = check(answer, 429)
    assert words_in(page) == WORDS
    assert 0 < int(answer["Retry-After"]) <= 10
    assert re.search(r"in \d+ seconds?", page.select_one(".error-summary").get_text())


def test_words_survive_a_limit_of_a_network(reader, guide, settings):
    settings.PENDING_LIMITS = {60: 1}
    send_from_page(Client(), place(guide), typed())

    answer = send_from_page(reader, place(guide), typed())

    assert words_in(check(answer, 429)) == WORDS
    assert "pending" not in answer.cookies


def test_a_forged_address_does_not_pass_the_limit(guide, settings):
    settings.PENDING_LIMITS = {60: 1}
    statuses = [
        send_from_page(
            Client(headers={"x-forwarded-for": f"203.0.113.{number}"}),
            place(guide),
            typed(),
        ).status_code
        for number in range(2)
    ]

    assert statuses == [302, 429]


@pytest.mark.django_db(transaction=True)
def test_words_survive_a_database_that_is_away(guide, newcomer):
    browser = Client(raise_request_exception=False)
    sign_in(browser, newcomer)
    fields = form_of(visit(browser, guide.get_absolute_url())) | typed(post="1")

    with database_away():
        answer = browser.post(place(guide), fields)
    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    page = check(answer, 503)
    browser.post(page.form["action"], resent(page.form))

    assert Comment.objects.get().body == WORDS


def resent(form) -> dict:
    """What "Try again" on the page of a failure sends."""
    hidden = {field["name"]: field["value"] for field in form.select("input")}
    return hidden | {"body": words_in(form)}


class database_away:
    """Closes the door of the database and ends whoever is inside."""

    def __enter__(self):
        self.said = dict(connection.settings_dict)
        connection.close()
        connection.settings_dict["HOST"] = "/nonexistent"

    def __exit__(self, *problem):
        connection.close()
        connection.settings_dict.update(self.said)


def test_a_preview_shows_the_words_and_keeps_nothing(reader, guide):
    page = check(
        send_from_page(reader, place(guide), typed("*Who* pays?", preview="1")), 200
    )

    assert page.select_one(".preview em").get_text() == "Who"
    assert words_in(page) == "*Who* pays?"
    assert not PendingReply.objects.exists()


def test_a_member_sees_as_whom_they_comment(browser_of, newcomer, guide):
    newcomer.experiences.create(role="developer at a justice agency")

    text = visit(browser_of(newcomer), place(guide)).select_one(".compose").get_text()

    said = " ".join(text.split())
    assert "You are commenting using your Handover account (Log out / Change)" in said
    assert "Sample Newcomer, developer at a justice agency" in said


def test_a_comment_keeps_the_experience_it_was_posted_with(
    reader, browser_of, newcomer, guide
):
    line = newcomer.experiences.create(role="developer at a justice agency")
    browser_of(newcomer).post(place(guide), typed())
    line.delete()

    text = visit(reader, guide.get_absolute_url()).select_one(".comment").get_text()

    assert "developer at a justice agency" in text


def test_the_same_words_again_lead_to_the_first(
    browser_of, newcomer, guide, real_limits
):
    browser = browser_of(newcomer)
    answers = [
        browser.post(place(guide), typed(key=str(uuid.uuid4()))) for _ in range(2)
    ]

    assert answers[0].url == answers[1].url
    assert Comment.objects.count() == 1


def test_a_spammer_in_the_trap_is_held(browser_of, newcomer, guide):
    browser_of(newcomer).post(place(guide), typed(website="http://casino.example"))

    assert Comment.objects.get().held_reason == "trap"


def test_threads_can_be_read_newest_first(reader, newcomer, guide, monkeypatch):
    monkeypatch.setattr("discussions.threads.THREADS_A_PAGE", 2)
    comments = [make_comment(guide, newcomer) for _ in range(3)]
    make_reply(comments[0], make_user())

    page = visit(reader, f"{guide.get_absolute_url()}discussion/?order=newest")
    more = page.find("a", string="More of the discussion")["href"]

    threads = [*page.select(".thread"), *visit(reader, more).select(".thread")]
    order = [thread["id"] for thread in threads]
    assert order == [f"thread-{c.thread_id}" for c in reversed(comments)]
