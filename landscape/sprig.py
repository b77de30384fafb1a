"""Draws one body and what belongs to it: boxes below each other, each part further in.

Pure: it takes names and depths and gives back numbers, which a template makes into SVG.
A tree is drawn as one such picture for each body on top, so that they stand beside each
other on a wide page and below each other on a narrow one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap

WIDTH = 280  # of a picture: a phone of 320 pixels shows it whole
INDENT, GAP = 18, 8  # to the right for each level, between two boxes
LINE, PADDING, MARGIN = 18, 8, 1  # of a line of text, around it, around the picture
LETTER = 8  # the widest that a letter is on average
DEEPEST = 3  # levels that are drawn below the body on top
MOST = 12  # boxes that a picture can show; the last one counts the rest


@dataclass(frozen=True)
class Row:
    """A body, and how deep it stands below the one on top."""

    name: str
    depth: int


@dataclass(frozen=True)
class Line:
    """A line of text and its place."""

    words: str
    x: int
    y: int


@dataclass(frozen=True)
class Box:
    """A rectangle with its lines of text."""

    x: int
    y: int
    width: int
    height: int
    lines: list[Line]
    is_top: bool
    is_rest: bool = False


@dataclass(frozen=True)
class Picture:
    """Everything to draw, how large it is, and what it shows in words."""

    height: int
    boxes: list[Box]
    paths: list[str]
    words: str

    width = WIDTH


def draw(rows: Iterable[Row]) -> list[Picture]:
    """A picture for each body on top that has parts. The rows are those of a tree, each
    right before those that belong to it."""
    return [_picture(tree) for tree in _trees(rows) if len(tree) > 1]


def _trees(rows: Iterable[Row]) -> Iterator[list[Row]]:
    tree: list[Row] = []
    for row in rows:
        if row.depth == 0 and tree:
            yield tree
            tree = []
        tree.append(row)
    if tree:
        yield tree


def _picture(tree: Sequence[Row]) -> Picture:
    near = [row for row in tree if row.depth <= DEEPEST]
    is_whole = len(near) == len(tree) <= MOST
    shown = near if is_whole else near[: MOST - 1]
    rest = len(tree) - len(shown)
    boxes, paths, y = [], [], MARGIN
    feet: dict[int, tuple[int, int]] = {}  # where lines leave the last box of a depth
    for row in shown:
        box = _box(row.name, row.depth, y, is_top=row.depth == 0)
        if row.depth:
            paths.append(_path(feet[row.depth - 1], box))
        feet[row.depth] = box.x + INDENT // 2, box.y + box.height
        boxes.append(box)
        y += box.height + GAP
    if rest:
        box = _box(f"and {rest} more below", 1, y, is_rest=True)
        paths.append(_path(feet[0], box))
        boxes.append(box)
        y += box.height + GAP
    return Picture(y - GAP + MARGIN, boxes, paths, _in_words(tree))


def _box(name: str, depth: int, y: int, *, is_top=False, is_rest=False) -> Box:
    x = MARGIN + depth * INDENT
    width = WIDTH - x - MARGIN
    letters = int((width - 2 * PADDING) / LETTER)
    words = wrap(name, letters, break_long_words=True)
    first = y + PADDING + LINE - 5
    lines = [Line(line, x + PADDING, first + n * LINE) for n, line in enumerate(words)]
    height = len(lines) * LINE + 2 * PADDING
    return Box(x, y, width, height, lines, is_top, is_rest)


def _path(foot: tuple[int, int], box: Box) -> str:
    """From below the box that it belongs to, down and then across."""
    x, y = foot
    return f"M{x} {y}V{box.y + box.height // 2}H{box.x}"


def _in_words(tree: Sequence[Row]) -> str:
    top, *others = tree
    direct = sum(row.depth == 1 for row in others)
    below = len(others) - direct
    words = f"{top.name} and {direct} part{'s' * (direct != 1)} of it"
    return f"{words}, with {below} more below these" if below else words
