"""Deleting one's account, and the seven days to think again."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from accounts.models import User
from discussions.models import Comment, Member
from guides.models import Edition
from hub.tidying import delete_leavers
from tests.factories import (
    PASSWORD,
    make_comment,
    make_draft,
    make_reply,
    make_user,
    publish,
)
from tests.hub.reauthentication import send_as_oneself
from tests.pages import visit

DATA = "/accounts/data/"
DELETE = "/accounts/delete/"
KEEP = "/accounts/keep/"


def let_seven_days_pass():
    """As if everybody who leaves had asked for it a week ago."""
    User.objects.filter(deletes_at__isnull=False).update(deletes_at=timezone.now())


@pytest.fixture
def leaver(browser_of, veteran):
    """Has asked to go, and a week has passed."""
    send_as_oneself(browser_of(veteran), DELETE)
    let_seven_days_pass()
    return veteran


def test_a_reader_signs_in_before_leaving(reader):
    for answer in reader.get(DELETE), reader.post(DELETE):
        assert answer.url.startswith("/accounts/login/")


def test_leaving_says_first_what_goes_and_what_stays(browser_of, veteran):
    words = visit(browser_of(veteran), DELETE).main.get_text()

    assert "Your email addresses." in words
    assert "Guides that you wrote, signed “A former member”." in words
    assert not User.objects.filter(deletes_at__isnull=False).exists()


def test_who_asks_to_leave_is_signed_out_everywhere_and_told(
    browser_of, veteran, mailoutbox
):
    here, elsewhere = browser_of(veteran), Client()
    words = {"login": veteran.email, "password": PASSWORD}
    assert elsewhere.post("/accounts/login/", words).status_code == 302

    page = send_as_oneself(here, DELETE)

    veteran.refresh_from_db()
    day = timezone.localtime(veteran.deletes_at).strftime("%-d %B %Y")
    left = veteran.deletes_at - timezone.now()
    assert timedelta(days=6, hours=23) < left <= timedelta(days=7)
    assert day in page.content.decode()
    for browser in here, elsewhere:
        assert browser.get(DATA).url.startswith("/accounts/login/")
    assert mailoutbox[-1].to == [veteran.email]
    assert day in mailoutbox[-1].subject
    for text in mailoutbox[-1].body, mailoutbox[-1].alternatives[0].content:
        assert "/accounts/login/" in text


def test_who_signs_in_again_may_keep_the_account(browser_of, veteran):
    send_as_oneself(browser_of(veteran), DELETE, {"deletes_words": "on"})
    browser = browser_of(veteran)

    for address in "/", "/guides/", DATA:
        form = visit(browser, address).find("form", action=KEEP)
        assert "will be deleted on" in form.get_text()
    assert browser.post(KEEP).url == DATA
    assert visit(browser, DATA).find("form", action=KEEP) is None

    let_seven_days_pass()
    delete_leavers(timestamp=0)
    veteran.refresh_from_db()
    assert (veteran.deletes_at, veteran.deletes_words) == (None, False)


def test_nobody_keeps_an_account_by_a_link(browser_of, reader, veteran):
    assert browser_of(veteran).get(KEEP).status_code == 405
    assert reader.post(KEEP).url.startswith("/accounts/login/")


def test_nobody_goes_before_the_day(browser_of, veteran):
    send_as_oneself(browser_of(veteran), DELETE)

    delete_leavers(timestamp=0)

    assert User.objects.filter(pk=veteran.pk).exists()


def test_after_seven_days_the_account_goes_once(leaver, mailoutbox, reader):
    leaver.experiences.create(role="tester")

    for _ in range(2):
        delete_leavers(timestamp=0)

    assert not User.objects.filter(email=leaver.email).exists()
    assert reader.get("/people/sample-veteran/").status_code == 404
    told = [mail for mail in mailoutbox if "is deleted" in mail.subject]
    assert [mail.to for mail in told] == [[leaver.email]]


def test_guides_and_threads_stay_without_the_name(leaver, newcomer, reader):
    guide = publish()
    make_draft(guide, created_by=leaver, body="How it is done.").publish(
        by=None, change_note="New."
    )
    comment = make_comment(guide, leaver, "Ask the service owner.")
    make_reply(comment, newcomer)

    delete_leavers(timestamp=0)

    words = visit(reader, guide.get_absolute_url()).get_text()
    assert "How it is done." in words
    assert "Ask the service owner." in words
    assert "A former member" in words
    assert "Sample Veteran" not in words


def test_the_words_of_comments_go_too_if_somebody_wants_it(
    browser_of, veteran, newcomer, guide, reader
):
    comment = make_comment(guide, veteran, "Ask the service owner.")
    make_reply(comment, newcomer, "I did.")
    send_as_oneself(browser_of(veteran), DELETE, {"deletes_words": "on"})
    let_seven_days_pass()

    delete_leavers(timestamp=0)

    words = visit(reader, guide.get_absolute_url()).get_text()
    assert "Ask the service owner." not in words
    assert "I did." in words
    assert not Comment.objects.filter(body__contains="service owner").exists()


def test_drafts_that_somebody_wrote_alone_go(leaver, newcomer):
    alone = make_draft(created_by=leaver)
    together = make_draft(created_by=leaver)
    together.editors.add(newcomer, leaver)

    delete_leavers(timestamp=0)

    assert list(Edition.objects.filter(pk__in=[alone.pk, together.pk])) == [together]


def test_the_admin_forgets_the_name_too(leaver, curator):
    address = leaver.emailaddress_set.create(email="old@example.org")
    connected = leaver.socialaccount_set.create(provider="google", uid="g-7")
    about = [leaver, Member.objects.get(pk=leaver.pk), address, connected]
    for row in about:  # a curator's verbs are logged about the Member
        LogEntry.objects.log_actions(curator.pk, [row], CHANGE, change_message="Held.")
    LogEntry.objects.log_actions(curator.pk, [curator], CHANGE, change_message="Up.")

    delete_leavers(timestamp=0)

    named = LogEntry.objects.order_by("pk").values_list("object_repr", flat=True)
    assert list(named) == ["A former member"] * 4 + ["Sample Curator"]


def test_who_signs_in_again_and_goes_leaves_no_session(leaver):
    """A session keeps the address that was used to sign in."""
    browser = Client()
    words = {"login": leaver.email, "password": PASSWORD}
    assert browser.post("/accounts/login/", words).status_code == 302
    assert leaver.email in str(browser.session["account_authentication_methods"])
    key = browser.session.session_key

    delete_leavers(timestamp=0)

    assert not Session.objects.filter(pk=key).exists()


def test_what_a_curator_decided_outlives_the_curator(browser_of, curator, guide):
    comment = make_comment(guide, make_user(), "Buy now!")
    comment.hide(by=curator, reason="It advertises.")
    send_as_oneself(browser_of(curator), DELETE)
    let_seven_days_pass()

    delete_leavers(timestamp=0)

    action = comment.actions.get()
    assert (action.by, action.reason) == (None, "It advertises.")


def test_the_last_superuser_cannot_leave(browser_of, make_superuser):
    only = make_superuser()

    answer = send_as_oneself(browser_of(only), DELETE)

    assert answer.status_code == 409
    assert "make another superuser first" in answer.content.decode()
    only.refresh_from_db()
    assert only.deletes_at is None


def test_of_two_superusers_who_leave_together_one_stays(browser_of, make_superuser):
    both = [make_superuser(), make_superuser()]
    send_as_oneself(browser_of(both[0]), DELETE)
    User.objects.update(deletes_at=timezone.now())

    delete_leavers(timestamp=0)

    assert User.objects.filter(is_superuser=True).exists()


@pytest.fixture
def make_superuser():
    """Makes somebody who may do everything."""
    return lambda: make_user("Sample Keeper", is_staff=True, is_superuser=True)
