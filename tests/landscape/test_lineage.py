"""The picture of what came before a body and after it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from landscape.lineage import LETTERS, MOST, WIDTH, Body, Step, draw


def bodies(names: str) -> list[Body]:
    return [Body(name, name) for name in names]


def rows_of(picture) -> list[list[str]]:
    """The names of the boxes, row by row from the top, each from the left."""
    tops = sorted({box.y for box in picture.boxes})
    boxes = sorted(picture.boxes, key=lambda box: box.x)
    return [[b.lines[0].words for b in boxes if b.y == top] for top in tops]


@pytest.mark.parametrize(
    ("names", "steps", "rows"),
    [
        ("AB", "AB", [["A"], ["B"]]),
        ("ABC", "AB AC", [["A"], ["B", "C"]]),
        ("ABC", "AC BC", [["A", "B"], ["C"]]),
        ("ABCD", "AB BD CD", [["A"], ["B", "C"], ["D"]]),
        ("ABC", "AB BC AC", [["A"], ["B"], ["C"]]),
    ],
)
def test_older_bodies_stand_above_what_they_became(names, steps, rows):
    picture = draw(bodies(names), [Step(*pair) for pair in steps.split()])

    assert rows_of(picture) == rows
    assert len(picture.paths) == len(steps.split())


@pytest.mark.parametrize("steps", ["AB BC CA", "AB BA BC CB", "AA AB BC CC"])
def test_a_step_that_leads_back_is_left_out(steps):
    picture = draw(bodies("ABC"), [Step(*pair) for pair in steps.split()])

    assert rows_of(picture) == [["A"], ["B"], ["C"]]
    assert len(picture.paths) == 2


def test_a_long_name_has_several_lines_inside_its_box():
    name = "Department for Business, Energy and Industrial Strategy"
    picture = draw([Body(1, name, "2016 to 2023"), Body(2, "B")], [Step(1, 2)])

    box = picture.boxes[0]
    words = [line.words for line in box.lines]
    assert " ".join(words) == f"{name} 2016 to 2023"
    assert max(map(len, words)) <= LETTERS
    assert box.y < box.lines[0].y
    assert box.lines[-1].y < box.y + box.height


def test_part_of_the_work_is_another_kind_of_line():
    picture = draw(bodies("AB"), [Step("A", "B", is_part=True)])

    assert [path.is_part for path in picture.paths] == [True]


def test_nothing_is_drawn_where_there_is_nothing_to_see():
    assert draw(bodies("A"), []) is None
    many = [Body(n, str(n)) for n in range(MOST + 1)]
    assert draw(many, [Step(0, n) for n in range(1, MOST + 1)]) is None


@given(
    some.lists(
        some.tuples(some.integers(0, 9), some.integers(0, 9)).filter(
            lambda pair: pair[0] < pair[1]
        ),
        min_size=1,
        unique=True,
    )
)
def test_no_line_crosses_a_box_and_nothing_leaves_the_picture(pairs):
    names = sorted({key for pair in pairs for key in pair})
    picture = draw([Body(n, f"Body {n}") for n in names], [Step(*p) for p in pairs])

    for box in picture.boxes:
        assert 0 <= box.x <= picture.width - WIDTH
        assert 0 <= box.y <= picture.height - box.height
    for one in picture.boxes:
        beside = [b for b in picture.boxes if b.y == one.y and b is not one]
        assert all(abs(b.x - one.x) > WIDTH for b in beside)
    for path in picture.paths:
        assert not [box for box in picture.boxes if crosses(path.d, box)]


def crosses(d: str, box) -> bool:
    """Whether a line goes through the inside of a box."""
    x, y = map(int, re.match(r"M(\d+) (\d+)", d).groups())
    for letter, number in re.findall(r"([VH])(\d+)", d):
        to = (x, int(number)) if letter == "V" else (int(number), y)
        is_across = max(x, to[0]) > box.x and min(x, to[0]) < box.x + WIDTH
        is_down = max(y, to[1]) > box.y and min(y, to[1]) < box.y + box.height
        if is_across and is_down:
            return True
        x, y = to
    return False
