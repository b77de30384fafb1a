"""Draws what came before a body and after it: boxes in rows, the oldest on top.

Pure: it takes plain steps and gives back numbers, which a template makes into SVG.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from textwrap import wrap

WIDTH, GAP, RISE = 136, 12, 34  # of a box, between two beside each other, between rows
LINE, PADDING = 17, 9  # of a line of text, and around it
LETTERS = 18  # that fit into a line
LANE = 14  # the room for a line that passes a row
MOST = 40  # boxes that a picture can show


@dataclass(frozen=True)
class Body:
    """What stands in a box. key: its own, to which steps lead."""

    key: Hashable
    name: str
    years: str = ""
    is_here: bool = False  # whose page it is


@dataclass(frozen=True)
class Step:
    """A line from one box to another; of a part of the work it is dashed."""

    old: Hashable
    new: Hashable
    is_part: bool = False


@dataclass(frozen=True)
class Text:
    """One line of text and its place."""

    words: str
    y: int
    is_years: bool = False


@dataclass(frozen=True)
class Box:
    """A rectangle with its lines of text."""

    x: int
    y: int
    height: int
    lines: list[Text]
    is_here: bool

    width = WIDTH

    @property
    def middle(self) -> int:
        """Where its text stands across."""
        return self.x + WIDTH // 2


@dataclass(frozen=True)
class Path:
    """A line in the language of SVG."""

    d: str
    is_part: bool


@dataclass(frozen=True)
class Picture:
    """Everything to draw, and how large it is."""

    width: int
    height: int
    boxes: list[Box]
    paths: list[Path]


def draw(bodies: Sequence[Body], steps: Iterable[Step]) -> Picture | None:
    """The picture, or None when there is nothing to see in one: no step, or so many
    bodies that nobody could read it."""
    known = {body.key for body in bodies}
    steps = _downward(step for step in steps if {step.old, step.new} <= known)
    if not steps or len(bodies) > MOST:
        return None
    rows = _rows(bodies, steps)
    texts = {body.key: _lines(body) for body in bodies}
    tops, heights = _heights(rows, texts)
    wide = max(map(_width, rows))
    places = {
        key: (x, tops[number])
        for number, row in enumerate(rows)
        for key, x in _across(row, wide)
    }
    boxes = [
        _box(body, *places[body.key], heights[body.key], texts[body.key])
        for body in bodies
    ]
    row_of = {key: number for number, row in enumerate(rows) for key in row}
    ends = [tops[n] + max(heights.get(k, 0) for k in row) for n, row in enumerate(rows)]
    paths = [_path(step, places, row_of, heights, ends) for step in steps]
    return Picture(wide, ends[-1], boxes, paths)


def _downward(steps: Iterable[Step]) -> list[Step]:
    """Those that can be drawn together, each from a row to one below it: the first of
    them, without any that leads back to where others came from."""
    kept, after = [], defaultdict(set)
    for step in steps:
        if step.old == step.new or step.old in after[step.new]:
            continue
        kept.append(step)
        reached = {step.new} | after[step.new]
        for key in [step.old, *(k for k in [*after] if step.old in after[k])]:
            after[key] |= reached
    return kept


def _rows(bodies: Sequence[Body], steps: list[Step]) -> list[list[Hashable]]:
    """The keys of each row: a body stands below all that led to it. A line that passes
    a row has a place of its own in it, a `_Lane`, so that it crosses no box."""
    row_of = _depths([body.key for body in bodies], steps)
    rows: list[list[Hashable]] = [[] for _ in range(max(row_of.values()) + 1)]
    for body in bodies:
        rows[row_of[body.key]].append(body.key)
    for step in steps:
        for number in range(row_of[step.old] + 1, row_of[step.new]):
            rows[number].append(_Lane(step.old, step.new, number))
    before = defaultdict(list)
    for step in steps:
        before[step.new].append(step.old)
    for above, row in pairwise(rows):
        places = {_key(key): number for number, key in enumerate(above)}
        row.sort(key=lambda key: _weight(key, before, places))
    return rows


@dataclass(frozen=True)
class _Lane:
    old: Hashable
    new: Hashable
    row: int


def _depths(keys: list[Hashable], steps: list[Step]) -> dict[Hashable, int]:
    depth = dict.fromkeys(keys, 0)
    for _ in keys:  # the longest way has no more steps than there are bodies
        for step in steps:
            depth[step.new] = max(depth[step.new], depth[step.old] + 1)
    # What nothing led to stands right above what it became.
    for key in keys:
        below = [depth[step.new] for step in steps if step.old == key]
        if below and not any(step.new == key for step in steps):
            depth[key] = min(below) - 1
    return depth


def _key(key: Hashable) -> Hashable:
    return key.old if isinstance(key, _Lane) else key


def _weight(key, before, places) -> float:
    olds = [key.old] if isinstance(key, _Lane) else before[key]
    known = [places[old] for old in olds if old in places]
    return sum(known) / len(known) if known else len(places) / 2


def _width(row: list[Hashable]) -> int:
    return sum(map(_room, row)) + GAP * (len(row) - 1)


def _room(key: Hashable) -> int:
    return LANE if isinstance(key, _Lane) else WIDTH


def _across(row: list[Hashable], wide: int) -> Iterable[tuple[Hashable, int]]:
    x = (wide - _width(row)) // 2
    for key in row:
        yield key, x
        x += _room(key) + GAP


def _lines(body: Body) -> list[tuple[str, bool]]:
    words = wrap(body.name, LETTERS, break_long_words=True)
    years = [(line, True) for line in wrap(body.years, LETTERS)]
    return [(line, False) for line in words] + years


def _heights(rows, texts) -> tuple[list[int], dict[Hashable, int]]:
    heights = {key: len(lines) * LINE + 2 * PADDING for key, lines in texts.items()}
    tops, y = [], 0
    for row in rows:
        tops.append(y)
        y += max(heights.get(key, 0) for key in row) + RISE
    return tops, heights


def _box(body: Body, x: int, y: int, height: int, lines) -> Box:
    first = y + PADDING + LINE - 4
    texts = [Text(line, first + n * LINE, old) for n, (line, old) in enumerate(lines)]
    return Box(x, y, height, texts, body.is_here)


def _path(step: Step, places, row_of, heights, ends) -> Path:
    """From the foot of a box through its lanes to the head of another one."""
    x, y = places[step.old]
    x, y = x + WIDTH // 2, y + heights[step.old]
    d = [f"M{x} {y}"]
    for number in range(row_of[step.old], row_of[step.new]):
        is_last = number + 1 == row_of[step.new]
        key = step.new if is_last else _Lane(step.old, step.new, number + 1)
        to, top = places[key]
        d.append(f"V{ends[number] + RISE // 2}H{to + _room(key) // 2}V{top}")
    return Path("".join(d), step.is_part)
