"""What each row must reach, and what it should."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Goal:
    """A figure of one row. Small is good, unless `more` says that much is."""

    row: str
    at_least: float
    stretch: float | None = None
    unit: str = ""
    more: bool = False

    def verdict(self, value: float | None) -> str:
        """How the value stands to the goal, in words."""
        if value is None:
            return "not measured"
        if self.stretch is not None and self._is_reached(value, self.stretch):
            return "stretch reached"
        if self._is_reached(value, self.at_least):
            return "reached"
        return f"missed by {self._missed_by(value)}"

    def _is_reached(self, value: float, goal: float) -> bool:
        return value >= goal if self.more else value <= goal

    def _missed_by(self, value: float) -> str:
        small, large = sorted((value, self.at_least))
        return f"{large / small:.2f} ×" if small else f"{large:.3g} {self.unit}".strip()


# Milliseconds of processor that a plain Django site of the same kind takes: its guide
# with 50 comments, signed out and in; and what WordPress takes and does. They stand in
# where no such server answers in the same run.
PLAIN_GUIDE, PLAIN_SIGNED_IN = 10.4, 12.7
WORDPRESS_GUIDE, WORDPRESS_SIGNED_IN = 147.0, 181.3
WORDPRESS_RATE, WORDPRESS_POSTS = 7.0, 56.0  # a second, on one core

QUIET = 0.008  # milliseconds of processor in which nginx sends the file

SHARE, TIMES = "× nginx", "× WordPress"
GOALS = {
    "rate-16": Goal("anonymous guide, 16 connections", 0.25, 0.45, SHARE, more=True),
    "rate-64": Goal("anonymous guide, 64 connections", 0.40, 0.60, SHARE, more=True),
    "p99-16": Goal("its p99, 16 connections", 2, None, SHARE),
    "p99-64": Goal("its p99, 64 connections", 2, None, SHARE),
    "wordpress": Goal("anonymous guide, 16 connections", 4000, None, TIMES, more=True),
    "page-cache": Goal(
        "anonymous guide, 16 connections", 0.5, 1, "× WordPress's page cache", more=True
    ),
    "first-reader": Goal("first reader after a comment, p50", 60, None, "ms"),
    "miss": Goal("CPU of a miss", 0.6, 0.35, "× a plain Django page"),
    "signed-in": Goal("CPU of a signed-in guide", 1, 0.4, "× a plain Django page"),
    "signed-in-queries": Goal("queries of a signed-in guide", 9),
    "signed-in-wordpress": Goal("CPU of a signed-in guide", 1 / 15, None, TIMES),
    "posting": Goal("comments posted a second", 3, 6, TIMES, more=True),
    "posting-p95": Goal("posting with 8 writers, p95", 60, None, "ms"),
    "queue": Goal("admin comment queue", 0.25, 0.15, "× the stock list"),
    "queue-search": Goal("search in it", 0.25, 0.15, "× the stock list"),
    "queue-last": Goal("last page of all comments", 0.25, 0.15, "× the stock list"),
    "threads-last": Goal("10,000 comments in threads, last page", 1.2, 1, "× first"),
    "thread-last": Goal("10,000 comments in one thread, last page", 1.2, 1, "× first"),
    "threads-bytes": Goal("largest page of them, compressed", 60_000, None, "bytes"),
    "growth": Goal("1k to 1M comments, the row that grows most", 1.2, 1.05, "×"),
    "brotli": Goal("HTML of the guide with 50 comments", 16_000, None, "bytes"),
    "cold": Goal("all that a first visit loads", 140_000, 110_000, "bytes"),
    "warm": Goal("the same once more, its files known", 20_000, None, "bytes"),
    "cold-start": Goal("start to first page", 2, None, "× a bare Django"),
    "memory": Goal("memory of a worker with 1,000 pages", 110, None, "MiB"),
    "memory-growth": Goal("growth in the second 50,000 requests", 1, None, "MiB"),
}
