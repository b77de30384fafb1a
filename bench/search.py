"""Time the search page over 100,000 guides: `uv run bench/search.py`.

Each class of search is asked through Django, the whole page, one after the other, the
classes in turns. `--size` makes a smaller corpus; `--rum` has a server of this machine
that has RUM rank the guides. What is printed is kept in
`bench/results/` too.
"""

import argparse
import json
import os
import random
import re
import sys
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench import texts

ASKED = 30  # searches of each class
RESULTS = Path(__file__).parent / "results"
WORDS = """
SELECT word FROM guides_word
WHERE guides >= %s AND guides < %s AND length(word) BETWEEN 5 AND 12
    AND numnode(plainto_tsquery('english', word)) > 0
ORDER BY word
"""
# A server that has run for a day has these in memory.
WARM = """
SELECT sum(length(e.search) + length(g.slug))
FROM guides_edition e JOIN guides_guide g ON g.live_edition_id = e.id
"""
HEAD = (
    "| search for | asked | answered | p50 ms | p95 ms | CPU ms | queries | verdict |"
)
# Milliseconds that half of all searches, and all but the slowest, may take.
USUAL, THREE = (15, 60), (15, 150)


class Classes:
    """The searches of each class, the same ones for the same corpus."""

    def __init__(self, size: int) -> None:
        self.dice, self.size = random.Random(3), size
        rare, medium = self._words(0.0005, 0.005), self._words(0.01, 0.05)
        common = self._words(0.15, 0.9)
        pick = self.dice.choice
        self.searches = {
            "a rare word": rare,
            "a medium word": medium,
            "a common word": common,
            "two medium words": [f"{word} {pick(medium)}" for word in medium],
            "a common and a rare word": map(" ".join, zip(common, rare, strict=False)),
            "three common words": [
                " ".join(self.dice.sample(common, 3)) for _ in range(ASKED + 1)
            ],
            "a slip in a medium word": map(self._slip, medium),
            "a word nobody used": (self._nonsense() for _ in medium),
        }
        self.searches = {
            name: list(islice(searches, ASKED + 1))
            for name, searches in self.searches.items()
        }

    def _words(self, least: float, most: float) -> list[str]:
        """Words that such shares of the guides use, in an order thrown by dice."""
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(WORDS, [least * self.size, most * self.size])
            words = [word for (word,) in cursor.fetchall()]
        self.dice.shuffle(words)
        return words

    def _slip(self, word: str) -> str:
        """Two letters change places; of two that are the same, one is missing."""
        at = self.dice.randrange(1, len(word) - 2)
        one, two = word[at], word[at + 1]
        return word[:at] + (two + one if one != two else one) + word[at + 2 :]

    def _nonsense(self) -> str:
        return "".join(self.dice.choices("bcdfghjkmnpqrtvwxz", k=9))


class Tally:
    """What the searches of one class took."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.times: list[float] = []
        self.processor: list[float] = []
        self.queries: list[int] = []
        self.answered = 0

    @property
    def p50(self) -> float:
        """Half took no longer."""
        return round(median(self.times), 1)

    @property
    def cpu(self) -> float:
        """Half kept a processor busy no longer, the database's work included."""
        return round(median(self.processor), 1)

    @property
    def p95(self) -> float:
        """All but one in twenty took no longer."""
        return round(sorted(self.times)[int(0.95 * len(self.times))], 1)

    def verdict(self, hit: float) -> str:
        """Whether it reached what it must; `hit` is what finding a medium word takes.

        A word that nobody used may take no longer than that.
        """
        usual, slow = THREE if self.name.startswith("three") else USUAL
        usual = hit if self.name.endswith("nobody used") else usual
        enough = "slip" not in self.name or self.answered >= 0.9 * len(self.times)
        missed = [
            *([f"p50 {usual} ms"] if self.p50 > usual else []),
            *([f"p95 {slow} ms"] if self.p95 > slow else []),
            *([] if enough else ["90 % answered"]),
        ]
        return f"missed: {', '.join(missed)}" if missed else "reached"


def measure(size: int) -> list[Tally]:
    """Ask every search once, the classes in turns; the first of each warms up."""
    from django.db import connection
    from django.test import Client

    with connection.cursor() as cursor:
        cursor.execute(WARM)
    browser = Client(headers={"host": "127.0.0.1"})
    searches = Classes(size).searches
    tallies = {name: Tally(name) for name in searches}
    for turn in range(ASKED + 1):
        for name, tally in tallies.items():
            if turn < len(searches[name]):
                _ask(browser, searches[name][turn], tally if turn else Tally(name))
    return list(tallies.values())


def _ask(browser, words: str, tally: Tally) -> None:
    from django.db import connection

    asked = []
    server = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")

    def busy() -> float:
        return process_time() * 1000 + int(server.read_text().split()[0]) / 1e6

    def count(execute, *given):
        asked.append(given[0])
        return execute(*given)

    with connection.execute_wrapper(count):
        busy_before, start = busy(), perf_counter()
        page = browser.get("/search/", {"q": words})
        tally.times.append((perf_counter() - start) * 1000)
        tally.processor.append(busy() - busy_before)
    if page.status_code != 200:
        raise SystemExit(f"The search for “{words}” was answered {page.status_code}.")
    tally.answered += b'class="card-row"' in page.content
    tally.queries.append(len(asked))


def table(tallies: list[Tally]) -> str:
    """What was measured, as Markdown."""
    hit = next(tally.p50 for tally in tallies if tally.name == "a medium word")
    rows = [
        f"| {tally.name} | {len(tally.times)} | {tally.answered} | {tally.p50} | "
        f"{tally.p95} | {tally.cpu} | {max(tally.queries)} | {tally.verdict(hit)} |"
        for tally in tallies
    ]
    return "\n".join([HEAD, re.sub(r"[^|]+", "---", HEAD), *rows])


def main() -> None:
    """Fill the database where needed, measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=100_000, help="how many guides")
    parser.add_argument("--rum", action="store_true", help="rank by PostgreSQL's RUM")
    given = parser.parse_args()
    size, start = given.size, perf_counter()
    if given.rum:
        os.environ["SEARCH_RUM"] = "1"
    database = texts.start(size, "rum" if given.rum else "")
    print(f"{size:,} guides are ready after {perf_counter() - start:.0f} s.")
    try:
        tallies = measure(size)
    finally:
        from django.db import connections

        connections.close_all()
        database.stop()
    print(table(tallies))
    RESULTS.mkdir(exist_ok=True)
    name = RESULTS / f"search-{size}{'-rum' if given.rum else ''}"
    name.with_suffix(".md").write_text(f"{size:,} guides\n\n{table(tallies)}\n")
    name.with_suffix(".json").write_text(
        json.dumps([vars(tally) for tally in tallies], indent=1) + "\n"
    )


if __name__ == "__main__":
    main()
