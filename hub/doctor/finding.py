"""What an examination finds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One line: what is fine, or what is wrong and what to do about it."""

    is_fine: bool
    words: str


Check = Callable[[], Iterator[Finding]]


def fine(words: str) -> Finding:
    """Nothing to do."""
    return Finding(True, words)


def wrong(words: str) -> Finding:
    """Something to do, which the words say."""
    return Finding(False, words)
