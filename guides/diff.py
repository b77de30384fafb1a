"""What changed between two texts, block by block and word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

# Longer blocks are compared whole: matching words takes quadratic time at worst.
WORDS_COMPARED = 1_500


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
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for change, i, i_end, j, j_end in matcher.get_opcodes():
        if change == "equal":
            found += [Block("same", (Part("same", text),)) for text in before[i:i_end]]
        else:
            found += _replaced(before[i:i_end], after[j:j_end])
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
    """Pairs blocks in their order: an edit mostly keeps it."""
    for before, after in zip(old, new, strict=False):
        yield Block("changed", tuple(_words_changed(before, after)))
    for text in old[len(new) :]:
        yield Block("removed", (Part("removed", text),))
    for text in new[len(old) :]:
        yield Block("added", (Part("added", text),))


def _words_changed(old: str, new: str) -> Iterator[Part]:
    before, after = (re.findall(r"\s+|\w+|[^\w\s]", text) for text in (old, new))
    if max(len(before), len(after)) > WORDS_COMPARED:
        yield Part("removed", old)
        yield Part("added", new)
        return
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for change, i, i_end, j, j_end in matcher.get_opcodes():
        if change == "equal":
            yield Part("same", "".join(before[i:i_end]))
            continue
        if i < i_end:
            yield Part("removed", "".join(before[i:i_end]))
        if j < j_end:
            yield Part("added", "".join(after[j:j_end]))
