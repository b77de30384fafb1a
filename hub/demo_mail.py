"""The mail that a demo sent, shown instead of delivered; part of no other site."""

import email
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

NEWEST = 50
END_OF_MESSAGE = b"\n" + b"-" * 79 + b"\n"  # Django's own, between two of a file


@dataclass(frozen=True)
class SentMail:
    """One message, ready to be read."""

    subject: str
    to: str
    date: str
    text: str


@require_safe
@never_cache
def demo_mail(request: HttpRequest) -> HttpResponse:
    """What the demo sent, newest first."""
    options = settings.MAILERS["server"].get("OPTIONS", {})
    folder = Path(options.get("file_path", "/nonexistent"))
    mails = [_read(message) for message in _newest(folder)]
    return render(request, "hub/demo_mail.html", {"mails": mails})


def _newest(folder: Path) -> list[EmailMessage]:
    files = sorted(folder.glob("*.log"), reverse=True)  # named by the time of sending
    messages = []
    for file in files[:NEWEST]:
        parts = file.read_bytes().split(END_OF_MESSAGE)
        messages += [part for part in reversed(parts) if part.strip()]
    return [
        email.message_from_bytes(part, policy=default) for part in messages[:NEWEST]
    ]


def _read(message: EmailMessage) -> SentMail:
    body = message.get_body(preferencelist=("plain", "html"))
    return SentMail(
        subject=message["Subject"] or "(no subject)",
        to=message["To"] or "",
        date=message["Date"] or "",
        text=body.get_content() if body else "",
    )
