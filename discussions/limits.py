"""How much one person or one network may send, counted in the database.

Every web process counts the same rows, so a limit holds however many there are.
"""

import math
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

Limits = dict[int, int]  # in so many seconds: at most so many


class TooMany(Exception):
    """Somebody must wait. `seconds` says how long."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"You can send this {in_words(seconds)}.")
        self.seconds = seconds


def take_turns(name: str) -> None:
    """Let those who are counted under one name go one at a time, until each one's
    transaction ends: counting and adding are two steps."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def check_limits(sent: QuerySet, limits: Limits) -> None:
    """Raise TooMany when one more row would pass a limit.

    sent: the rows of one person or network, each with `created_at`.
    """
    now = timezone.now()
    since = now - timedelta(seconds=max(limits))
    newest = sent.filter(created_at__gt=since).order_by("-created_at")
    times = newest.values_list("created_at", flat=True)[: max(limits.values())]
    if seconds := wait(list(times), limits, now):
        raise TooMany(seconds)


def wait(times: Iterable[datetime], limits: Limits, now: datetime) -> int:
    """Whole seconds until one more fits under every limit; 0 for at once.

    times: when rows were sent, newest first.
    """
    newest = list(times)
    waits = [0.0]
    for seconds, most in limits.items():
        if len(newest) >= most:
            free = newest[most - 1] + timedelta(seconds=seconds)
            waits.append((free - now).total_seconds())
    return math.ceil(max(waits))


def in_words(seconds: int) -> str:
    """When to try again: "in 9 seconds", "in 4 minutes", "in 3 hours"."""
    for size, word in (3600, "hour"), (60, "minute"), (1, "second"):
        if seconds > size or size == 1:
            number = max(1, math.ceil(seconds / size))
            return f"in {number} {word}{'s' if number > 1 else ''}"
    raise ValueError(seconds)
