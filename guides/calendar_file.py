"""Writes a file that calendars take in: iCalendar, RFC 5545. Pure.

Each step is an event of a whole day that leaves the day free. Tasks (VTODO) would say
more, but Outlook's and Google's calendars pass them over when they take in a file.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

SECONDS_A_MINUTE = 60
LONGEST_LINE = 75  # bytes, RFC 5545, 3.1
CONTROL = {number: None for number in range(32) if chr(number) != "\n"}


@dataclass(frozen=True)
class Event:
    """Something on one day. uid: the same as long as it is the same thing."""

    uid: str
    on: date
    summary: str
    description: str
    url: str


def calendar_file(name: str, events: Iterable[Event], now: datetime) -> bytes:
    """The file. now: when what it says was found out."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Handover//Pathways//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(name)}",
    ]
    for event in events:
        lines += _event(event, now)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event(event: Event, now: datetime) -> list[str]:
    after = event.on + timedelta(days=1)  # the end is the first day that is free again
    return [
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        # Google's calendar moves an event that it has only for a higher number.
        f"SEQUENCE:{int(now.timestamp()) // SECONDS_A_MINUTE}",
        f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{after:%Y%m%d}",
        f"SUMMARY:{_text(event.summary)}",
        f"DESCRIPTION:{_text(event.description)}",
        f"URL:{event.url}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _text(words: str) -> str:
    """Words as a value of type TEXT: RFC 5545, 3.3.11."""
    words = words.replace("\r\n", "\n").translate(CONTROL)
    for mark in "\\", ";", ",":
        words = words.replace(mark, f"\\{mark}")
    return words.replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """A line in pieces that are short enough, none of which cuts a letter in two."""
    pieces, piece, room = [], b"", LONGEST_LINE
    for letter in line:
        encoded = letter.encode()
        if len(piece) + len(encoded) > room:
            pieces.append(piece)
            piece, room = b"", LONGEST_LINE - 1  # for the blank that begins it
        piece += encoded
    return b"\r\n ".join([*pieces, piece]) + b"\r\n"
