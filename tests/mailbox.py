"""A real mail server on loopback, and the worker that sends to it."""

import re
from asyncio import sleep
from email import message_from_bytes, policy
from socket import socket
from threading import Thread

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope
from procrastinate.contrib.django import app


class Mailbox:
    """Keeps what it is sent, or refuses it; `deliver` runs the worker."""

    def __init__(self) -> None:
        self.kept: list[Envelope] = []
        self.refusal = ""
        self.pause = 0  # seconds until it answers
        self.server = Controller(self, hostname="127.0.0.1", port=free_port())

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:
        """Take a recipient, unless all are refused. (The name is aiosmtpd's.)"""
        await sleep(self.pause)
        if not self.refusal:
            envelope.rcpt_tos.append(address)
        return self.refusal or "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:
        """Take one message in."""
        self.kept.append(envelope)
        return "250 kept"

    @property
    def mailers(self) -> dict:
        """The site's own mailers, with this one as the server."""
        outbox = {"BACKEND": "hub.mail.OutboxBackend"}
        return {"default": outbox, "server": self.address}

    @property
    def address(self) -> dict:
        """Django's settings for a mailer that sends here."""
        backend = "django.core.mail.backends.smtp.EmailBackend"
        place = {"host": "127.0.0.1", "port": self.server.port, "timeout": 5}
        return {"BACKEND": backend, "OPTIONS": place}

    def deliver(self) -> None:
        """Run the worker until no job is left, in a thread as it runs in life."""
        thread = Thread(target=_work)
        thread.start()
        thread.join(20)
        assert not thread.is_alive()

    def newest_code(self, person: str) -> str:
        """The code in the last message to an address."""
        to_person = [e.content for e in self.kept if person in e.rcpt_tos]
        message = message_from_bytes(to_person[-1], policy=policy.default)
        text = message.get_body(("plain",)).get_content()
        return re.search(r"^\s*([A-Z0-9]{4,}(?:-[A-Z0-9]{2,})*)\s*$", text, re.M).group(
            1
        )


def free_port() -> int:
    """A port that nobody uses."""
    with socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def _work() -> None:
    with app.replace_connector(app.connector.get_worker_connector()) as worker:
        worker.run_worker(
            wait=False, install_signal_handlers=False, listen_notify=False
        )
