"""Puts bodies in the order of a tree, for a page that is drawn row by row."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Branch:
    """A row of a tree: how many rows belong to it, and how many lists end after it."""

    row: Any
    parts: int
    ends: range
    depth: int


def branches(roots: Iterable[Any], below: Iterable[Any]) -> list[Branch]:
    """The rows of a tree, each right before those that belong to it. Rows have `pk` and
    `parent_id`; both lists are in the order that readers see."""
    parts: dict[Hashable, list] = defaultdict(list)
    for row in below:
        parts[row.parent_id].append(row)
    walked = list(_walk(list(roots), parts, 0))
    after = [*(depth for _, depth in walked[1:]), 0][: len(walked)]
    return [
        Branch(row, len(parts[row.pk]), range(max(0, depth - next_depth)), depth)
        for (row, depth), next_depth in zip(walked, after, strict=True)
    ]


def _walk(rows: list, parts: dict, depth: int) -> Iterator[tuple[Any, int]]:
    for row in rows:
        yield row, depth
        yield from _walk(parts.get(row.pk, []), parts, depth + 1)
