"""Readers tell curators what is wrong, signed in or not."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from discussions.models import Report
from tests.factories import make_comment, make_user, publish
from tests.guides.test_publish_together import at_once
from tests.pages import check, send, send_from_page, visit

WORDS = "It names somebody who is not here to answer."
LINK = "Report what is wrong with this guide"


@pytest.fixture
def comment(guide, newcomer):
    return make_comment(guide, newcomer, "Call Sam on this number.")


def place(reported) -> str:
    return f"{reported.get_absolute_url()}report/"


def typed(**more) -> dict:
    return {"reason": "private", "body": WORDS, **more}


def test_a_signed_out_reader_reports_a_comment(reader, guide, comment):
    link = visit(reader, guide.get_absolute_url()).select_one(".comment__foot [rel]")
    page = visit(reader, link["href"])
    assert "Call Sam" in page.main.get_text()
    assert not reader.cookies

    answer = send_from_page(reader, link["href"], typed(), follow=True)

    assert "Thank you" in check(answer, 200).h1.get_text()
    report = Report.objects.get()
    assert (report.comment, report.by, report.words) == (comment, None, WORDS)
    assert not reader.cookies


def test_a_reader_reports_a_guide(reader, guide):
    page = visit(reader, guide.get_absolute_url())
    link = page.find("a", string=LINK)["href"]

    send_from_page(reader, link, typed(reason="wrong"))

    assert Report.objects.get().guide == guide


def test_nobody_but_curators_sees_a_report(reader, guide, comment, veteran):
    Report.file(network="x", by=veteran, comment=comment, reason="other", words=WORDS)

    page = visit(reader, guide.get_absolute_url())

    assert WORDS not in page.get_text()


def test_a_member_reports_each_thing_once(browser_of, veteran, guide, comment):
    for reported in comment, comment, guide:
        browser_of(veteran).post(place(reported), typed())

    reports = Report.objects.filter(by=veteran)
    assert {(r.comment, r.guide) for r in reports} == {(comment, None), (None, guide)}
    assert reports.count() == 2


def test_a_report_without_a_reason_comes_back_with_its_words(
    browser_of, veteran, comment
):
    page = send(browser_of(veteran), place(comment), {"body": WORDS}, 422)

    assert page.textarea.get_text().strip() == WORDS
    assert "Choose one of the reasons." in page.select_one(".error-summary").get_text()
    assert not Report.objects.exists()


def test_a_report_that_is_too_long_comes_back_whole(reader, comment):
    answer = send_from_page(reader, place(comment), typed(body="x" * 1_001))

    assert check(answer, 422).textarea.get_text().strip() == "x" * 1_001


def test_letters_that_grow_when_they_are_stored_count_as_they_are_stored(
    reader, comment
):
    answer = send_from_page(reader, place(comment), typed(body="\u0958" * 600))

    assert "too long" in check(answer, 422).select_one(".error-summary").get_text()


def test_words_that_nobody_can_see_are_not_kept(reader, comment):
    send_from_page(reader, place(comment), typed(body="\u3164 \u200b"))

    assert Report.objects.get().words == ""


def test_the_same_report_sent_twice_signed_out_is_stored_once(reader, guide, comment):
    for reported in comment, comment, guide:
        send_from_page(reader, place(reported), typed())

    assert Report.objects.count() == 2


def test_a_form_of_another_site_reports_nothing(reader, comment):
    answer = reader.post(
        place(comment), typed(), headers={"origin": "https://evil.example"}
    )

    assert WORDS in check(answer, 403).textarea.get_text()
    assert not Report.objects.exists()


def test_what_fills_in_the_trap_gets_the_same_answer(reader, comment):
    answer = send_from_page(reader, place(comment), typed(website="casino"))

    assert answer.status_code == 302
    assert not Report.objects.exists()


def test_too_many_reports_wait_and_keep_their_words(guide, comment, settings):
    settings.REPORT_LIMITS = {60: 1}
    send_from_page(Client(), place(comment), typed())

    answer = send_from_page(Client(), place(guide), typed())

    assert check(answer, 429).textarea.get_text().strip() == WORDS
    assert 0 < int(answer["Retry-After"]) <= 60


def test_what_a_reader_may_not_see_cannot_be_reported(
    reader, browser_of, guide, comment, curator
):
    comment.hold(by=curator, reason="Let me look.")
    visit(reader, place(comment), 404)
    visit(browser_of(comment.author), place(comment))

    comment.approve(by=curator)
    comment.hide(by=curator, reason="It names a colleague.")
    visit(reader, place(comment), 404)
    visit(reader, "/guides/not-there/report/", 404)


def test_words_come_back_when_a_curator_was_faster(reader, comment, curator):
    visit(reader, place(comment))
    comment.hide(by=curator, reason="It names a colleague.")

    answer = send_from_page(reader, place(comment), typed())

    page = check(answer, 404)
    assert page.textarea.get_text().strip() == WORDS
    assert "It was not sent" in page.main.label.get_text()
    assert not Report.objects.exists()


def test_words_come_back_when_a_guide_is_gone(reader, guide, comment, curator):
    guide.mark_gone(by=curator, reason="It was not public.")

    for reported in guide, comment:
        answer = send_from_page(reader, place(reported), typed())
        assert check(answer, 404).textarea.get_text().strip() == WORDS
    visit(reader, place(guide), 410)


def test_a_withdrawn_guide_can_still_be_reported(reader, guide, curator):
    guide.withdraw(by=curator, reason="The rule has changed.")
    page = visit(reader, guide.get_absolute_url())

    page = visit(reader, page.find("a", string=LINK)["href"])

    assert guide.live_edition.title in page.select_one(".quoted").get_text()


def test_a_report_is_about_one_thing(guide, comment):
    for about in ({}, {"guide": guide, "comment": comment}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Report.objects.create(reason="other", network="x", **about)


def test_several_known_members_hold_a_comment_until_a_curator_looks(
    reader, guide, comment, days_ago
):
    for _ in range(3):
        member = make_user(date_joined=days_ago(8))
        Report.file(network="x", by=member, comment=comment, reason="spam")

    comment.refresh_from_db()
    assert (comment.state, comment.held_reason) == ("held", "look")
    assert "Call Sam" not in visit(reader, guide.get_absolute_url()).get_text()
    assert Report.objects.open().count() == 3


def test_many_new_accounts_hide_nothing(comment):
    for _ in range(20):
        Report.file(network="x", by=make_user(), comment=comment, reason="spam")

    comment.refresh_from_db()
    assert comment.state == "published"


@pytest.mark.django_db(transaction=True)
def test_a_double_click_signed_out_reports_once():
    comment = make_comment(publish(), make_user())
    given = {"network": "x", "comment": comment, "reason": "spam"}

    at_once(*[lambda: Report.file(**given)] * 4)

    assert Report.objects.count() == 1
