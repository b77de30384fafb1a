"""What changed between two texts, block by block and word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from guides.matching import matching

# With more changes than these the work grows too long, and nobody could follow them:
# all of it counts as replaced.
BLOCKS_CHANGED = 1_000
WORDS_CHANGED = 200
# How alike two blocks must be to count as one that was edited, and how far apart.
ALIKE = 0.4
NEAR = 50


@dataclass(frozen=True)
class Part:
    """Words that are in both texts ("same"), or only in one."""

    kind: str
    text: str


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, list or table: same, changed, added or removed."""

    kind: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Fold:
    """Blocks without change that a page leaves out."""

    count: int
    kind: str = "fold"


def compare(old: str, new: str) -> list[Block]:
    """The blocks of both texts in one order, each with its kind of change."""
    before, after = _blocks(old), _blocks(new)
    found: list[Block] = []
    i = j = 0
    for start, place, size in matching(before, after, BLOCKS_CHANGED):
        found += _replaced(before[i:start], after[j:place])
        i, j = start + size, place + size
        found += [Block("same", (Part("same", text),)) for text in before[start:i]]
    return found


def fold(blocks: list[Block], around: int = 1) -> list[Block | Fold]:
    """The changed blocks with their neighbours; what lies further away is counted."""
    near = {
        place
        for changed, block in enumerate(blocks)
        if block.kind != "same"
        for place in range(changed - around, changed + around + 1)
    }
    shown: list[Block | Fold] = []
    for is_near, run in groupby(enumerate(blocks), lambda item: item[0] in near):
        run = [block for _, block in run]
        shown += run if is_near else [Fold(len(run))]
    return shown if near else []


def _blocks(text: str) -> list[str]:
    return [block for block in re.split(r"\n\s*\n", text.strip("\n")) if block.strip()]


def _replaced(old: list[str], new: list[str]) -> Iterator[Block]:
    """Pairs each old block with the next new one that has much of its words."""
    bags = [_bag(text) for text in new]
    done = 0
    for before in old:
        bag = _bag(before)
        near = range(done, min(done + NEAR, len(new)))
        pair = next((place for place in near if _is_alike(bag, bags[place])), None)
        if pair is None:
            yield Block("removed", (Part("removed", before),))
            continue
        yield from _added(new[done:pair])
        yield Block("changed", tuple(_words_changed(before, new[pair])))
        done = pair + 1
    yield from _added(new[done:])


def _added(texts: list[str]) -> Iterator[Block]:
    return (Block("added", (Part("added", text),)) for text in texts)


def _bag(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower())) or {text}


def _is_alike(old: set[str], new: set[str]) -> bool:
    return 2 * len(old & new) / (len(old) + len(new)) >= ALIKE


def _words_changed(old: str, new: str) -> Iterator[Part]:
    before, after = (re.findall(r"\s+|\w+|[^\w\s]", text) for text in (old, new))
    i = j = 0
    for start, place, size in matching(before, after, WORDS_CHANGED):
        yield from _part("removed", before[i:start])
        yield from _part("added", after[j:place])
        i, j = start + size, place + size
        yield from _part("same", before[start:i])


def _part(kind: str, words: list[str]) -> Iterator[Part]:
    if words:
        yield Part(kind, "".join(words))
