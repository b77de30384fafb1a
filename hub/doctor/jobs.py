"""The worker, what waits for it, and the mail server."""

from collections.abc import Iterator
from smtplib import SMTPException

from django.core.mail import mailers
from django.core.mail.backends.smtp import EmailBackend

from hub.doctor.database import ask
from hub.doctor.finding import Finding, fine, wrong

LONG = 10  # minutes; a mail that was asked for is waited for
# There is a sign of life every ten seconds.
ALIVE_WORKERS = """
SELECT count(*) FROM procrastinate_workers
WHERE last_heartbeat > now() - interval '60 seconds'
"""
LONGEST_WAIT = """
SELECT coalesce(extract(epoch FROM now() - min(due)) / 60, 0) FROM (
    SELECT coalesce(job.scheduled_at, asked.at) AS due FROM procrastinate_jobs job
    LEFT JOIN procrastinate_events asked
        ON asked.job_id = job.id AND asked.type = 'deferred'
    WHERE job.status = 'todo'
) AS waiting WHERE due <= now()
"""
FAILED_TODAY = """
SELECT count(DISTINCT job.id) FROM procrastinate_jobs job
JOIN procrastinate_events failed ON failed.job_id = job.id AND failed.type = 'failed'
WHERE job.status = 'failed' AND failed.at > now() - interval '1 day'
"""


def worker_is_alive() -> Iterator[Finding]:
    """Somebody sends the mail."""
    if alive := ask(ALIVE_WORKERS):
        yield fine(f"Workers alive: {alive}.")
    else:
        yield wrong(
            "No worker is alive, so no mail is sent and no planned edition comes out: "
            "start `manage.py procrastinate worker`."
        )


def no_job_waits_long() -> Iterator[Finding]:
    """What is to be done is done soon."""
    minutes = int(ask(LONGEST_WAIT))
    if minutes >= LONG:
        yield wrong(
            f"A job has been waiting for {minutes} minutes: look at the worker and its "
            "log, or start a second one."
        )
    else:
        yield fine("No job has been waiting for long.")


def no_job_failed() -> Iterator[Finding]:
    """No mail was given up today."""
    if failed := ask(FAILED_TODAY):
        yield wrong(
            f"Jobs that failed within a day: {failed}. Mails to addresses that do not "
            "exist are such: the worker's log says why."
        )
    else:
        yield fine("No job failed within a day.")


def mail_server_answers() -> Iterator[Finding]:
    """The mail server greets us and takes our password. Nothing is sent."""
    server = mailers["server"]
    if not isinstance(server, EmailBackend):
        yield fine("Mail is printed or kept in a folder.")
        return
    place = f"{server.host}:{server.port}"
    try:
        server.open()
        server.connection.noop()
    except (OSError, SMTPException) as error:
        reason = " ".join(str(error).split())
        yield wrong(f"The mail server {place} fails: look at EMAIL_URL ({reason}).")
    else:
        yield fine(f"The mail server {place} answers.")
    finally:
        server.close()
