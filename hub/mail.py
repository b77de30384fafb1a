"""Mail goes out through the job table, in the same transaction as the change.

A change that is rolled back sends nothing; one that is kept loses no mail, even
while the mail server or the worker is away.
"""

import email
from base64 import b64decode, b64encode
from collections.abc import Sequence
from email.headerregistry import HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage as Message
from email.policy import SMTP, EmailPolicy, default
from smtplib import SMTPRecipientsRefused
from typing import Any

from django.core.mail import EmailMessage, mailers
from django.core.mail.backends.base import BaseEmailBackend
from procrastinate import BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import Job
from procrastinate.manager import JobManager

TRIES = 80  # doubling from 2 seconds to one hour: about three days
LONGEST_WAIT = 3600  # seconds
FAILED_ARE_KEPT = 7 * 24  # hours


class WholeHeader(UnstructuredHeader):
    """Stays on one line: mail programs read no address that is cut or encoded."""

    def fold(self, *, policy: EmailPolicy) -> str:
        """The header as it is sent, up to the 998 letters that a line may have."""
        return f"{self.name}: {self}{policy.linesep}"


HEADERS = HeaderRegistry()
HEADERS.map_to_type("list-unsubscribe", WholeHeader)
WRITTEN = SMTP.clone(header_factory=HEADERS)


class OutboxBackend(BaseEmailBackend):
    """Puts each message into the job table; the worker sends it."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Store the messages as they are now; their Message-ID is settled here."""
        stored = [message for message in email_messages if message.recipients()]
        for message in stored:
            content = message.message(policy=WRITTEN).as_bytes()
            waiting = send_mail.configure(
                task_kwargs={
                    "sender": str(message.from_email),
                    "recipients": [str(address) for address in message.recipients()],
                    "message": b64encode(content).decode("ascii"),
                }
            )
            # Through Django's connection, and so in its transaction, in a worker too.
            JobManager(DjangoConnector()).defer_job(waiting.job)
        return len(stored)


class StoredMessage(EmailMessage):
    """A message from the job table, the same at each try."""

    def __init__(self, sender: str, recipients: list[str], content: bytes) -> None:
        super().__init__(from_email=sender, to=recipients)
        self.content = content

    def message(self, *, policy: EmailPolicy = default) -> Message:
        """What was stored, without anything that a second rendering would change."""
        as_it_is = policy.clone(refold_source="none")
        return email.message_from_bytes(self.content, policy=as_it_is)


class TryForDays(BaseRetryStrategy):
    """Tries again soon, then hourly; gives up at once on an address that is refused."""

    def get_retry_decision(
        self, *, exception: BaseException, job: Job
    ) -> RetryDecision | None:
        """When to try again, or None for never."""
        if job.attempts >= TRIES or _is_refused_for_good(exception):
            return None
        wait = min(2 ** (job.attempts + 1), LONGEST_WAIT)
        return RetryDecision(retry_in={"seconds": wait})


@app.task(retry=TryForDays())
def send_mail(sender: str, recipients: list[str], message: str) -> None:
    """Hand one message to the mail server."""
    stored = StoredMessage(sender, recipients, b64decode(message))
    mailers["server"].send_messages([stored])


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="tidy_jobs", pass_context=True)
async def tidy_jobs(context: JobContext, timestamp: int) -> None:
    """Take up the jobs of a killed worker; forget those that failed long ago."""
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs():
        await jobs.retry_job(job)
    await jobs.delete_old_jobs(nb_hours=FAILED_ARE_KEPT, include_failed=True)


def _is_refused_for_good(exception: Any) -> bool:
    if not isinstance(exception, SMTPRecipientsRefused):
        return False
    return all(code >= 500 for code, _ in exception.recipients.values())
