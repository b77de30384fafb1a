"""Counts who reads and what is looked up, without cookies and without a word about
anybody.

A read is counted in memory and written down some seconds later, by a request or by
whoever keeps the finished pages, so that reading a guide writes nothing. A process
that is killed loses at most these seconds.
"""

import atexit
import re
from collections import Counter
from collections.abc import Callable, Hashable
from contextlib import suppress
from threading import Lock
from time import monotonic

from django.conf import settings
from django.db import Error, transaction
from django.http import HttpRequest

from guides.models import AskedSearch, Guide, Reads

MOST_AT_ONCE = 10_000  # guides or searches in one tally: memory is not without end
# Programs that say what they are, or say nothing.
PROGRAM = re.compile(r"bot|crawl|spider|slurp|fetch|curl|wget|python|monitor|^$", re.I)


class Tally:
    """Reads that are not written down yet, or searches. add: writes them down."""

    def __init__(self, add: Callable[[Counter], None]) -> None:
        self.add = add
        self.reads: Counter[Hashable] = Counter()
        self.lock = Lock()
        self.since = monotonic()

    @property
    def is_due(self) -> bool:
        """Whether what was counted has waited long enough."""
        return monotonic() - self.since >= settings.READS_WAIT

    def count(self, what: Hashable) -> None:
        """Count one read of the guide with this key, or one search for these words."""
        with self.lock:
            if len(self.reads) < MOST_AT_ONCE or what in self.reads:
                self.reads[what] += 1

    def write(self) -> None:
        """Write down what was counted. While the database is away it is kept."""
        with self.lock:
            reads, self.reads = self.reads, Counter()
            self.since = monotonic()
        if not reads:
            return
        try:
            with transaction.atomic():
                self.add(reads)
        except Error:
            with self.lock:
                self.reads.update(reads)


tally = Tally(Reads.objects.add)
searches = Tally(AskedSearch.objects.add)


@atexit.register
def write_before_the_end() -> None:
    """What a process has counted when it is told to stop."""
    with suppress(Exception):
        tally.write()
        searches.write()


def count_search(request: HttpRequest, words: str) -> None:
    """Count a search that found something, if a person asked and it may be kept."""
    plain = AskedSearch.plain(words)
    if plain and is_read_by_a_person(request.META):
        searches.count(plain)
        if searches.is_due:
            searches.write()


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
