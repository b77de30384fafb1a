"""HTML from the clipboard as a list of blocks, whichever program put it there.

Read as a stream by libxml2, in linear time whatever is in it: Python's own parser
takes a minute over 100,000 letters of "<a ". Pure.
"""

import re

from lxml import etree

from guides import office
from guides.copied import Block, Cell, paragraphs, without_tables
from guides.markdown import clean_text
from guides.office import Place
from guides.phrases import Run, tidy

LARGEST = 1_000_000
# Pictures travel inside the HTML as letters. They are dropped, so they do not count.
PICTURES = re.compile(r"""\bsrc\s*=\s*(["'])data:[^"']*\1""", re.IGNORECASE)
# Elements in elements. Nobody writes so deep; beyond it only the words are kept.
DEEPEST = 500
PIECE = 10_000
TAG = re.compile(r"<[^<>]*>?")
INVISIBLE = re.compile("[\u00ad\u200b\u2060\ue000-\uf8ff]")
SPACES = re.compile(r"\s+")
# A bullet that was typed, or that a mail program made a word of.
TYPED = re.compile("[·•▪] ")
# "3." and "b)" count, "·" and "o" do not.
COUNTED = re.compile(r"\(?(?:(\d{1,6})|[\d.]{1,20}|\w{1,8})[.)]")
RAISED = {
    "sup": str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"),
    "sub": str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"),
}
# What Word adds to its guesses at what a picture shows.
GUESSED = re.compile(r"\s*(Description automatically generated|AI-generated).*", re.S)
DEEPEST_LIST = 8
MOST_COVERED = 20  # columns or rows that one cell of a table covers


class TooDeep(Exception):
    """Elements nested beyond what anybody writes."""


def blocks_of(html: str) -> list[Block]:
    """The blocks of a copied text, in order. Raises ValueError beyond 1 MB."""
    html = PICTURES.sub("", html)
    if len(html) > LARGEST:
        raise ValueError(
            "That is too much to paste at once. Paste it in smaller parts."
        )
    try:
        return _read(html)
    except TooDeep:
        return _read(TAG.sub(" ", html).replace("<", " "))


def _read(html: str) -> list[Block]:
    parser = etree.HTMLParser(target=Reader(), encoding="utf-8", huge_tree=True)
    source = b"<body>" + clean_text(html).encode()
    for start in range(0, len(source), PIECE):  # it notices an error between two
        parser.feed(source[start : start + PIECE])
    return parser.close()


class Reader:
    """What libxml2 calls as it reads."""

    def __init__(self) -> None:
        self.places = [Place()]
        self.found: list[list[Block]] = [[]]  # and those of each cell we are in
        self.tables: list[list[list[Cell]]] = []  # the rows of each we are in
        self.runs: list[Run] = []
        self.at: Place | None = None  # where the first word of the line stands
        self.item: Block | None = None  # begun, and still without words
        self.marker = self.note = ""

    def start(self, tag: str, attributes: dict) -> None:
        """An element begins."""
        if len(self.places) > DEEPEST:
            raise TooDeep
        place = office.place_in(self.places[-1], tag, attributes)
        if place.is_block and not place.is_hidden:
            self._break(place)
        self.places.append(place)
        if place.is_hidden:
            return
        if place.is_item:
            self.item = _item(place)
        if place.call or place.note:
            self._mark_note(place)
        if act := getattr(self, f"_start_{tag}", None):
            act(attributes)

    def end(self, tag: str) -> None:
        """An element ends."""
        place = self.places.pop()
        if place.is_hidden:
            return
        if place.is_block:
            self._break(place)
        if place.is_item:
            self.item = None
        if act := getattr(self, f"_end_{tag}", None):
            act(place)

    def data(self, words: str) -> None:
        """Words, not always all of a line."""
        place = self.places[-1]
        words = clean_text(words)
        if place.is_marker:
            self.marker += words
        elif not place.is_hidden:
            if place.raised and words.isdigit():
                words = words.translate(RAISED[place.raised])
            self._add(words)

    def close(self) -> list[Block]:
        """All of it has been read."""
        self._end_line()
        return self.found[0]

    def _add(self, words: str) -> None:
        place = self.places[-1]
        words = INVISIBLE.sub("", words.replace("\u2011", "-").replace("\u00a0", " "))
        if place.kind != "pre":
            words = SPACES.sub(" ", words)
        if self.at is None and words.strip():
            self.at = place
        if words:
            self.runs.append(Run(words, place.marks, place.href))

    def _break(self, place: Place) -> None:
        if place.kind != "pre" or self.places[-1].kind != "pre":
            self._end_line()
        elif self.runs and not self.runs[-1].text.endswith("\n"):
            self.runs.append(Run("\n"))

    def _end_line(self) -> None:
        runs, at, marker = self.runs, self.at, self.marker.strip()
        self.runs, self.at, self.marker = [], None, ""
        if at is None:
            return
        if at.kind == "pre":
            text = "".join(run.text for run in runs).strip("\n")
            self._found(Block("pre", [Run(text)], level=at.depth), at)
            return
        if at.kind == "h" or at.in_head:
            runs = [run._replace(marks=run.marks - {"b"}) for run in runs]
        for paragraph in filter(None, map(tidy, paragraphs(runs))):
            self._found(self._block(at, paragraph, marker), at)

    def _block(self, at: Place, runs: list[Run], marker: str) -> Block:
        note, self.note = self.note, ""
        item, self.item = self.item, None
        if note or at.in_notes:
            return Block("note", runs, name=note)
        if at.kind == "h":
            return Block("h", runs, level=at.level)
        if item:
            if counted := COUNTED.match(marker):
                item.ordered, item.number = True, int(counted[1] or 1)
            item.runs = runs
            return item
        if at.kind == "p" and not at.depth and TYPED.match(runs[0].text):
            runs[0] = runs[0]._replace(text=runs[0].text[2:])
            return Block("item", tidy(runs), level=1)
        return Block(at.kind, runs, level=at.depth)

    def _found(self, block: Block, at: Place) -> None:
        block.quoted = at.is_quoted
        self.found[-1].append(block)

    def _mark_note(self, place: Place) -> None:
        if place.call:
            self.runs.append(Run(place.call, frozenset({"note"})))
            self.at = self.at or place
        self.note = place.note or self.note
        self.places[-1] = place._replace(is_hidden=True)  # its number is ours to give

    def _start_br(self, _: dict) -> None:
        self.runs.append(Run("\n"))

    def _start_hr(self, _: dict) -> None:
        if not self.places[-1].in_notes:
            self._found(Block("hr"), self.places[-1])

    def _start_img(self, attributes: dict) -> None:
        if "checkbox" not in attributes.get("aria-roledescription", ""):
            self._add(GUESSED.sub("", clean_text(attributes.get("alt", ""))))

    def _start_input(self, attributes: dict) -> None:
        if self.item and attributes.get("type", "").lower() == "checkbox":
            self.item.box = "[x] " if "checked" in attributes else "[ ] "

    def _start_table(self, _: dict) -> None:
        self.tables.append([])
        self.item = None

    def _start_tr(self, _: dict) -> None:
        if self.tables:
            self.tables[-1].append([])

    def _start_td(self, attributes: dict) -> None:
        if not self.tables:
            return
        columns, rows = (
            min(office.number(attributes.get(name), 1) or 1, MOST_COVERED)
            for name in ("colspan", "rowspan")
        )
        cell = Cell([], columns, rows, self.places[-1].in_head)
        if not self.tables[-1]:
            self.tables[-1].append([])
        self.tables[-1][-1].append(cell)
        self.found.append(cell.blocks)

    def _end_td(self, _: Place) -> None:
        if self.tables:
            self.found.pop()

    _start_th, _end_th = _start_td, _end_td

    def _end_table(self, place: Place) -> None:
        rows = [row for row in self.tables.pop() if row]
        cells = [cell for row in rows for cell in row]
        if len(cells) == 1 or place.is_layout:
            self.found[-1] += [block for cell in cells for block in cell.blocks]
            return
        for cell in cells:
            cell.blocks = list(without_tables(cell.blocks))
        self._found(Block("table", rows=rows), place)


def _item(place: Place) -> Block:
    return Block(
        "item",
        level=min(place.depth, DEEPEST_LIST),
        ordered=place.list == "ol",
        number=place.start,
        box=place.box,
    )
