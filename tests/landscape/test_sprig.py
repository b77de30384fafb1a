"""The pictures of bodies and what belongs to them."""

import re

from hypothesis import given
from hypothesis import strategies as some

from landscape.sprig import DEEPEST, LETTER, LINE, MARGIN, MOST, WIDTH, Row, draw
from tests.guides.landscape import make_body
from tests.pages import visit

names = some.text("Office of Works,'-", min_size=1, max_size=90).filter(str.strip)


@some.composite
def trees(draw_one) -> list[Row]:
    """Rows as a tree has them: none stands more than one level below the one before."""
    rows, depth = [], 0
    for name in draw_one(some.lists(names, max_size=30)):
        depth = draw_one(some.integers(0, depth + 1)) if rows else 0
        rows.append(Row(name, depth))
    return rows


def text_of(box) -> str:
    return " ".join(line.words for line in box.lines)


def test_each_part_stands_below_and_further_in_than_what_it_belongs_to():
    [picture] = draw([Row("Ministry", 0), Row("Agency", 1), Row("Team", 2)])

    assert [text_of(box) for box in picture.boxes] == ["Ministry", "Agency", "Team"]
    places = [(box.x, box.y) for box in picture.boxes]
    assert places == sorted(places)
    assert len(set(places)) == len(picture.paths) + 1 == 3
    assert picture.words == "Ministry and 1 part of it, with 1 more below these"


def test_a_body_without_parts_has_no_picture():
    assert (
        draw([Row("Zoo", 0), Row("Ministry", 0), Row("Agency", 1)])[0].boxes[0].is_top
    )
    assert draw([Row("Zoo", 0)]) == draw([]) == []


def test_a_large_body_shows_some_parts_and_counts_the_others():
    rows = [Row("Ministry", 0), *(Row(f"Agency {n}", 1) for n in range(40))]

    [picture] = draw(rows)

    assert len(picture.boxes) == MOST
    assert text_of(picture.boxes[-1]) == f"and {41 - MOST + 1} more below"
    assert picture.words == "Ministry and 40 parts of it"


@given(trees())
def test_no_label_overlaps_another_and_nothing_leaves_the_picture(rows):
    for picture in draw(rows):
        above = 0
        for box in picture.boxes:
            assert above < box.y
            above = box.y + box.height
            assert box.x >= MARGIN
            assert box.x + box.width <= WIDTH - MARGIN
            assert len(box.lines) >= 1
            for before, line in zip([None, *box.lines], box.lines, strict=False):
                assert box.y < line.y < above
                assert box.x < line.x
                assert line.x + len(line.words) * LETTER <= box.x + box.width
                assert before is None or line.y - before.y >= LINE
        assert above <= picture.height - MARGIN
        assert len(picture.boxes) <= MOST
        for path in picture.paths:
            numbers = [int(number) for number in re.findall(r"\d+", path)]
            assert max(numbers[0], numbers[3]) < WIDTH
            assert max(numbers[1], numbers[2]) < picture.height


@given(trees())
def test_every_body_is_shown_or_counted(rows):
    for picture, tree in zip(draw(rows), _with_parts(rows), strict=True):
        shown = [box for box in picture.boxes if not box.is_rest]
        rest = [text_of(box) for box in picture.boxes if box.is_rest]
        counted = int(re.search(r"\d+", rest[0])[0]) if rest else 0
        assert len(shown) + counted == len(tree)
        assert all(row.depth <= DEEPEST for row in tree) or rest


def _with_parts(rows) -> list[list[Row]]:
    found: list[list[Row]] = []
    for row in rows:
        if row.depth == 0:
            found.append([])
        found[-1].append(row)
    return [tree for tree in found if len(tree) > 1]


def test_the_page_shows_a_picture_and_says_the_same_in_words(reader):
    ministry = make_body(name="Ministry", slug="ministry")
    make_body(name="Agency", slug="agency", parent=ministry)
    make_body(name="Zoo", slug="zoo")

    page = visit(reader, "/organisations/")

    [picture] = page.select(".sprigs svg")
    assert [text.get_text() for text in picture.find_all("text")] == [
        "Ministry",
        "Agency",
    ]
    assert picture["role"] == "img"
    assert picture["aria-label"].startswith("Ministry and 1 part of it.")
    assert [a.get_text() for a in page.select(".tree a")] == [
        "Ministry",
        "Agency",
        "Zoo",
    ]


def test_without_parts_there_is_nothing_to_draw(reader):
    make_body(name="Zoo", slug="zoo")

    assert not visit(reader, "/organisations/").select(".sprigs")
