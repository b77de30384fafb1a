"""Mail waits in the job table and reaches the mail server from there."""

import logging
import re
from email.policy import SMTP

import pytest
from django.core.mail import EmailMultiAlternatives, mailers
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job

from hub.logs import WithoutWhatJobsCarry
from hub.mail import StoredMessage, TryForDays, tidy_jobs

BOUNDARY = re.compile(rb"=+\d+==")  # between the parts of a message; drawn by lot
DATE = "Mon, 23 Nov 2026 09:00:00 +0000"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _no_old_jobs():
    """Django empties only its own tables between tests."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")


def message(**given) -> EmailMultiAlternatives:
    given.setdefault("to", ["Zoë <reader@example.org>"])
    message = EmailMultiAlternatives(
        "Somebody answered: “naïve” " + "long " * 40,
        "Żółć, and a line that begins with a dot:\n.\n" + "word " * 300,
        "Handover <editors@example.org>",
        **given,
    )
    message.attach_alternative("<p>Żółć</p>", "text/html")
    message.attach("notes.bin", bytes(range(256)))
    return message


def test_a_message_arrives_as_it_was_written(mailbox):
    sent = message(headers={"Message-ID": "<1@example.org>", "Date": DATE})
    sent.send()
    mailbox.deliver()

    [kept] = mailbox.kept
    written = sent.message(policy=SMTP).as_bytes()
    assert BOUNDARY.sub(b"", kept.content) == BOUNDARY.sub(b"", written)


def test_hidden_recipients_get_it_and_stay_hidden(mailbox):
    message(cc=["cc@example.org"], bcc=["hidden@example.org"]).send()
    mailbox.deliver()

    [kept] = mailbox.kept
    people = ["reader@example.org", "cc@example.org", "hidden@example.org"]
    assert kept.rcpt_tos == people
    assert b"hidden@example.org" not in kept.content


def test_a_change_that_is_undone_sends_nothing(mailbox):
    with transaction.atomic():
        message().send()
        transaction.set_rollback(True)
    mailbox.deliver()

    assert mailbox.kept == []


def test_nothing_of_a_mail_stays_once_it_is_sent(mailbox):
    message().send()
    mailbox.deliver()

    assert not ProcrastinateJob.objects.filter(task_name="hub.mail.send_mail").exists()


def test_a_mail_waits_while_the_server_is_away(mailbox):
    mailbox.refusal = "451 Come back later"
    message().send()
    mailbox.deliver()

    job = ProcrastinateJob.objects.get(task_name="hub.mail.send_mail")
    assert (job.status, job.attempts) == ("todo", 1)
    assert job.scheduled_at is not None


def test_a_mail_whose_worker_was_killed_is_taken_up_again(mailbox):
    message().send()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")

    tidy_jobs.defer(timestamp=0)
    mailbox.deliver()

    assert len(mailbox.kept) == 1


def test_an_address_that_is_refused_for_good_is_not_tried_again(mailbox):
    mailbox.refusal = "550 Nobody here of that name"
    message().send()
    mailbox.deliver()

    job = ProcrastinateJob.objects.get(task_name="hub.mail.send_mail")
    assert job.status == "failed"


def test_each_try_sends_the_same_message():
    content = message().message().as_bytes()

    tries = [StoredMessage("a@b.org", ["c@d.org"], content).message() for _ in "12"]

    assert tries[0]["Message-ID"] == tries[1]["Message-ID"]
    assert tries[0].as_bytes() == tries[1].as_bytes() == content


def test_a_mail_is_tried_for_about_three_days():
    waits = [min(2 ** (attempt + 1), 3600) for attempt in range(80)]

    assert 2.5 < sum(waits) / 86400 < 3.5
    assert TryForDays().get_retry_decision(exception=OSError(), job=_job(80)) is None
    assert TryForDays().get_retry_decision(exception=OSError(), job=_job(79))


def test_a_mail_to_nobody_is_no_mail(mailbox):
    assert mailers.default.send_messages([message(to=[])]) == 0


def test_logs_do_not_tell_what_a_mail_says(caplog):
    caplog.handler.addFilter(WithoutWhatJobsCarry())

    logging.getLogger("procrastinate.worker").error(
        "Job hub.mail.send_mail[7](message='code (123)') ended with status: Error"
    )

    assert "123" not in caplog.text
    assert "hub.mail.send_mail[7] ended" in caplog.text


def _job(attempts):
    return Job(
        queue="q", lock=None, queueing_lock=None, task_name="t", attempts=attempts
    )
