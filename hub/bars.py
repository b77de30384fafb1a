"""Draws counts as bars that lie below each other, each with its words above it.

Pure: it takes words and numbers and gives back places, which a template makes into SVG.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 250
LINE, THICK, GAP = 18, 11, 11  # of the words, of a bar, between two rows
LETTER = 7.5  # the widest that a letter or a digit is on average
LEAST = 3  # of a bar that stands for something


@dataclass(frozen=True)
class Bar:
    """One count: its words on the left, its number on the right, the bar below."""

    words: str
    number: str
    baseline: int  # of the words and the number
    y: int
    width: int

    height = THICK


@dataclass(frozen=True)
class Chart:
    """All bars, and how high they stand together."""

    height: int
    bars: list[Bar]

    width = WIDTH


def draw(counts: Sequence[tuple[str, int]]) -> Chart:
    """The chart of these counts, from the top. The longest bar has the whole width."""
    most = max((count for _, count in counts), default=0)
    rise = LINE + THICK + GAP
    bars = [
        _bar(words, count, most, place * rise)
        for place, (words, count) in enumerate(counts)
    ]
    return Chart(max(0, len(bars) * rise - GAP), bars)


def _bar(words: str, count: int, most: int, top: int) -> Bar:
    number = f"{count:,}"
    width = max(LEAST, count * WIDTH // most) if count else 0
    room = int(WIDTH / LETTER) - len(number) - 1
    words = words if len(words) <= room else f"{words[: room - 1]}…"
    return Bar(words, number, top + LINE - 6, top + LINE, width)
