"""Counts who reads, without cookies and without a word about anybody.

A read is counted in memory and written down some seconds later, by a request or by
whoever keeps the finished pages, so that reading a guide writes nothing. A process
that is killed loses at most these seconds.
"""

import atexit
import re
from collections import Counter
from contextlib import suppress
from threading import Lock
from time import monotonic

from django.conf import settings
from django.db import Error, transaction
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

    @property
    def is_due(self) -> bool:
        """Whether what was counted has waited long enough."""
        return monotonic() - self.since >= settings.READS_WAIT

    def count(self, guide: int) -> None:
        """Count one read of the guide with this key."""
        with self.lock:
            self.reads[guide] += 1

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
        except Error:
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
    request.read_guide = guide.pk  # for a page that is kept: later readers count too
    user = request.user
    if user.is_authenticated and (user.is_staff or user.pk == guide.owner_id):
        return
    if is_read_by_a_person(request.META):
        tally.count(guide.pk)
        if tally.is_due:
            tally.write()


def is_read_by_a_person(environ: dict) -> bool:
    """Whether a person has asked for the page, and not a program or a browser that
    only guesses what its reader wants next."""
    return (
        environ["REQUEST_METHOD"] == "GET"
        and "prefetch" not in environ.get("HTTP_SEC_PURPOSE", "")
        and not PROGRAM.search(environ.get("HTTP_USER_AGENT", ""))
    )
