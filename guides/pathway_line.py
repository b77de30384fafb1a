"""Draws a pathway as a line with its time boxes as stops. Pure.

The line turns at the end of each row, so it fits a phone without scrolling.
"""

from dataclasses import dataclass

from guides.schedule import Stretch

STOPS_A_ROW = 4
STEP, ROW = 84, 80  # between two stops and between two rows
LEFT, TOP, BELOW = 50, 18, 46
WIDTH = 2 * LEFT + STEP * (STOPS_A_ROW - 1)  # of few stops too: letters keep their size
TURN = 46  # how far the line swings out where it turns


@dataclass(frozen=True)
class Stop:
    """Where a time box stands on the line, and what it is called there."""

    x: int
    y: int
    name: str
    words: str


@dataclass(frozen=True)
class Line:
    """A picture: its size, the line and its stops."""

    width: int
    height: int
    path: str
    stops: list[Stop]


def line_of(boxes: list[Stretch]) -> Line:
    """The picture of a pathway's time boxes."""
    stops = [_stop(place, box) for place, box in enumerate(boxes)]
    rows = -(-len(stops) // STOPS_A_ROW)
    height = TOP + ROW * max(rows - 1, 0) + BELOW
    return Line(WIDTH, height, _path(stops), stops)


def _stop(place: int, box: Stretch) -> Stop:
    row, column = divmod(place, STOPS_A_ROW)
    if row % 2:  # back again
        column = STOPS_A_ROW - 1 - column
    many = len(box.steps)
    name = "Before" if box.first_day == 0 else box.name
    words = f"{many} step{'' if many == 1 else 's'}"
    return Stop(LEFT + column * STEP, TOP + row * ROW, name, words)


def _path(stops: list[Stop]) -> str:
    parts = []
    for before, stop in zip([None, *stops], stops, strict=False):
        if before is None:
            parts.append(f"M{stop.x} {stop.y}")
        elif before.y == stop.y:
            parts.append(f"H{stop.x}")
        else:
            out = stop.x + (TURN if stop.x > LEFT else -TURN)
            parts.append(f"C{out} {before.y} {out} {stop.y} {stop.x} {stop.y}")
    return "".join(parts)
