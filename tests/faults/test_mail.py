"""A mail server that is away, refuses or dies in the middle: nothing waits for it."""

import os
import signal
import time
from email import message_from_bytes
from functools import partial

import pytest

from tests.faults.deployment import timed, until, worst
from tests.faults.posting import post
from tests.mailbox import Mailbox

LOGIN = "/accounts/login/"
ANSWERED = 1  # seconds for a form and what is sent with it, whatever mail does
SLOW = 30  # seconds
KNOWN_AGAIN = 240  # seconds until the job of a killed worker is taken up


@pytest.fixture
def mailbox(site):
    """The mail server of the site; it does not listen yet."""
    mailbox = Mailbox()
    site.settings["EMAIL_URL"] = f"smtp://127.0.0.1:{mailbox.server.port}"
    yield mailbox
    site.stop_worker()
    if mailbox.server.loop.is_running():
        mailbox.server.stop()
    else:
        mailbox.server.loop.close()


def numbers(mailbox) -> list[str]:
    """The Message-ID of each mail that came."""
    return [message_from_bytes(e.content)["Message-ID"] for e in mailbox.kept]


def sign_up(site):
    """Somebody who is new here asks for a code."""
    browser = site.reader()
    typed = {"login": "new@fault.example", "way": "code"}
    return browser.post(LOGIN, browser.get(LOGIN).hidden | typed)


@pytest.mark.parametrize("fault", ["away", "slow"])
def test_nobody_waits_for_the_mail_server_and_each_mail_comes_once(
    site, told, mailbox, at_most, fault
):
    if fault == "slow":
        mailbox.pause = SLOW
        mailbox.server.start()
    site.start_worker()
    people = [partial(post, site, n, f"Question {n}?") for n in range(1, 6)]
    asked = [timed(ask) for ask in (*people, partial(sign_up, site))]
    (*posted, joining), took = zip(*asked, strict=True)
    assert all(each.is_acknowledged for each in posted)
    assert joining.is_taken
    failing = "SELECT 1 FROM procrastinate_jobs WHERE attempts > 0 AND task_name = %s"
    until(lambda: site.ask(failing, "hub.mail.send_mail"))

    mailbox.refusal, mailbox.pause = "451 later", 0
    if fault == "away":
        mailbox.server.start()
    again = failing.replace("> 0", "> 1")
    until(lambda: site.ask(again, "hub.mail.send_mail"))
    assert mailbox.kept == []
    mailbox.refusal = ""
    until(lambda: len(mailbox.kept) == len(asked))
    until(lambda: not site.ask(failing, "hub.mail.send_mail"))

    assert len(set(numbers(mailbox))) == len(asked)
    assert max(took) < at_most(ANSWERED)
    state = f"answering after {SLOW} s" if fault == "slow" else fault
    done = f"mail server {state}, then refusing, then there"
    found = f"5 posts and a sign-up, each in {worst(took)}, 6 mails, each once"
    told("F10", done, found)


def test_a_mail_under_way_at_a_kill_may_come_twice_and_is_never_lost(
    site, whole, told, mailbox
):
    if not whole:
        pytest.skip("A killed worker's job is taken up after minutes: --whole waits.")
    mailbox.server.start()
    post(site, 1, "A question.")
    waiting = "SELECT 1 FROM procrastinate_jobs WHERE status = 'doing'"
    site.start_worker()
    until(lambda: site.ask(waiting) or mailbox.kept)
    os.kill(site.worker.pid, signal.SIGKILL)
    site.stop_worker()
    site.start_worker()
    began = time.monotonic()
    until(lambda: mailbox.kept, KNOWN_AGAIN)
    until(lambda: not site.ask(waiting), KNOWN_AGAIN)
    took = time.monotonic() - began

    assert len(mailbox.kept) <= 2
    assert len(set(numbers(mailbox))) == 1
    found = f"{len(mailbox.kept)} came, one Message-ID, after {took:.0f} s"
    told("F10", "worker killed while it sends", found)
