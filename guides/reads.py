"""Counts who reads, without cookies and without a word about anybody.

A read is counted in memory and written down by a later request, so that reading a
guide writes nothing. A process that is killed loses at most the last seconds.
"""

import atexit
import re
from collections import Counter
from contextlib import suppress
from threading import Lock
from time import monotonic

from django.conf import settings
from django.db import DatabaseError, transaction
from django.http import HttpRequest

from guides.models import Guide, Reads

# Programs that say what they are, or say nothing.
PROGRAM = re.compile(r"bot|crawl|spider|slurp|fetch|curl|wget|python|monitor|^$", re.I)


class Tally:
    """Reads that are not written down yet."""

    def __init__(self) -> None:
        self.reads: Counter[int] = Counter()
        self.lock = Lock()
        self.since = monotonic()

    def add(self, guide: Guide) -> None:
        """Count one read, and write down what has waited long enough."""
        with self.lock:
            self.reads[guide.pk] += 1
            is_due = monotonic() - self.since >= settings.READS_WAIT
        if is_due:
            self.write()

    def write(self) -> None:
        """Write down what was counted. While the database is away it is kept."""
        with self.lock:
            reads, self.reads = self.reads, Counter()
            self.since = monotonic()
        if not reads:
            return
        try:
            with transaction.atomic():
                Reads.objects.add(reads)
        except DatabaseError:
            with self.lock:
                self.reads.update(reads)


tally = Tally()


@atexit.register
def write_before_the_end() -> None:
    """What a process has counted when it is told to stop."""
    with suppress(Exception):
        tally.write()


def count_read(request: HttpRequest, guide: Guide) -> None:
    """Count this request, if a person reads the guide who does not look after it."""
    is_ahead = "prefetch" in request.headers.get("Sec-Purpose", "")
    if request.method != "GET" or is_ahead:
        return
    if PROGRAM.search(request.headers.get("User-Agent", "")):
        return
    user = request.user
    if user.is_authenticated and (user.is_staff or user.pk == guide.owner_id):
        return
    tally.add(guide)
