"""What was copied from Word, Google Docs, LibreOffice or a web page, as our Markdown.

Pure: knows no models and no requests.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from guides.clipboard import blocks_of
from guides.copied import Block, Cell
from guides.markdown import clean_text
from guides.phrases import Run, markdown, plain, tidy

# What Markdown would take for a list, heading, quotation, rule, term or table.
START = re.compile(r"#{1,6}(?=\s|$)|[-+:~](?=\s|$)|>|=+\s*$|--+\s*$|[|:-][|: -]*$|:::")
NUMBER = re.compile(r"\d{1,9}(?=[.)](?:\s|$))")
CLOSING = re.compile(r"(?<!\S)#+$")
BREAK = "  \n"
# Letters of a cell that covers several rows; beyond it stands in the first alone.
LONGEST_REPEATED = 200
MOST_PADDED = 20_000  # cells


@dataclass
class _List:
    level: int
    is_ordered: bool
    number: int
    outer: int  # spaces before its markers
    inner: int = 0  # and before what else is in its items


def markdown_from_html(html: str) -> str:
    """The Markdown of copied HTML: headings from ## on, lists, tables, links, bold and
    italic, footnotes, quotations, code. Pictures become the words that describe them.

    Raises ValueError, in words for the writer, if there is more than 1 MB.
    """
    return clean_text(_Writer().write(_noted(blocks_of(html))))


class _Writer:
    """Writes block after block, and remembers the lists and headings it is in."""

    def __init__(self) -> None:
        self.lists: list[_List] = []
        self.above: list[int] = []  # levels of the headings we stand under
        self.before = Block("")

    def write(self, blocks: list[Block]) -> str:
        """The Markdown of all blocks."""
        parts = []
        for block in blocks:
            if block.quoted != self.before.quoted:
                self.lists = []
            is_close, text = self._block(block)
            if not text:
                continue
            gap = "\n" if is_close else "\n\n"
            if block.quoted:
                text = "> " + text.replace("\n", "\n> ")
                gap = gap.replace("\n\n", "\n>\n") if self.before.quoted else gap
            parts += [gap, text] if parts else [text]
            self.before = block
        return "".join(parts)

    def _block(self, block: Block) -> tuple[bool, str]:
        """Whether it follows without an empty line, and its Markdown."""
        if block.kind == "item":
            return self._item(block)
        while self.lists and self.lists[-1].level > block.level:
            self.lists.pop()
        if block.kind in {"p", "pre"}:
            text = _code(block) if block.kind == "pre" else _lines(block.runs)
            return False, _indented(text, self.lists[-1].inner if self.lists else 0)
        self.lists = []
        if block.kind == "h":
            return False, self._heading(block)
        if block.kind == "meaning" and self.before.kind in {"term", "meaning"}:
            return True, f": {_started(_line(block.runs))}"
        if block.kind == "note":
            return (
                self.before.kind == "note",
                f"[^{block.name}]: {_started(_line(block.runs))}",
            )
        if block.kind == "table":
            return False, _table(block.rows)
        return False, "---" if block.kind == "hr" else _started(_line(block.runs))

    def _heading(self, block: Block) -> str:
        """Each is one level below the one it stands under, as on the page."""
        self.above = [level for level in self.above if level < block.level]
        self.above.append(block.level)
        text = CLOSING.sub(r"\\\g<0>", _line(block.runs))
        return f"{'#' * min(len(self.above) + 1, 6)} {text}"

    def _item(self, block: Block) -> tuple[bool, str]:
        while self.lists and self.lists[-1].level > block.level:
            self.lists.pop()
        is_close = bool(self.lists)
        inside = self.lists[-1] if self.lists else None
        if not inside or inside.level < block.level:
            # A list in a list begins at 1: no other number may follow words closely.
            number, outer = (1, inside.inner) if inside else (block.number, 0)
            self.lists.append(_List(block.level, block.ordered, number, outer))
        elif inside.is_ordered != block.ordered:
            is_close = len(self.lists) > 1
            number = 1 if is_close else block.number
            self.lists[-1] = _List(block.level, block.ordered, number, inside.outer)
        inside = self.lists[-1]
        marker = f"{inside.number}. " if inside.is_ordered else "- "
        inside.number += 1
        inside.inner = inside.outer + len(marker)
        text = _indented(block.box + _lines(block.runs), inside.inner)
        return is_close, " " * inside.outer + marker + text.lstrip(" ")


def _noted(blocks: list[Block]) -> list[Block]:
    """Footnotes at the end, each with its call; words of others stay where they are."""
    kept, notes = [], {}
    for block in blocks:
        if block.kind != "note":
            kept.append(block)
        elif block.name and block.name not in notes:
            notes[block.name] = block
        elif notes:
            notes[next(reversed(notes))].runs += [Run(" "), *block.runs]
        else:
            kept.append(replace(block, kind="p"))
    called = set()
    for block in _with_cells(kept):
        block.runs = [run for run in block.runs if run.text in notes or not _calls(run)]
        called |= {run.text for run in block.runs if _calls(run)}
    for name, block in notes.items():
        block.runs = tidy([run for run in block.runs if not _calls(run)])
        block.kind, block.quoted = ("note" if name in called else "p"), False
    return kept + list(notes.values())


def _calls(run: Run) -> bool:
    return "note" in run.marks


def _with_cells(blocks: list[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        for cell in (cell for row in block.rows for cell in row):
            yield from cell.blocks


def _lines(runs: list[Run]) -> str:
    return BREAK.join(_started(line) for line in markdown(runs).split(BREAK))


def _line(runs: list[Run]) -> str:
    return markdown(runs).replace(BREAK, " ")


def _started(line: str) -> str:
    """The line with its beginning read as words."""
    if START.match(line):
        return f"\\{line}"
    return NUMBER.sub(r"\g<0>\\", line, count=1) if NUMBER.match(line) else line


def _indented(text: str, spaces: int) -> str:
    return " " * spaces + text.replace("\n", "\n" + " " * spaces)


def _code(block: Block) -> str:
    text = plain(block.runs)
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{fence}\n{text}\n{fence}"


def _table(rows: list[list[Cell]]) -> str:
    """A table whose first row is its head, unless heads stand at the side alone."""
    firsts = [cell.is_head for cell in rows[0]] if rows else []
    is_headed = all(firsts) or not any(c.is_head for row in rows for c in row)
    lines = [line for line in _grid(rows, is_headed) if any(line)]
    width = max((len(line) for line in lines), default=0)
    while width and not any(line[width - 1 : width] > [""] for line in lines):
        width -= 1
    if not is_headed:
        lines.insert(0, [])
    lines[1:1] = [["---"] * width]
    are_few = width * len(lines) <= MOST_PADDED
    for place, line in enumerate(lines):
        line[width:] = []
        if are_few or not place:  # cells beyond the head would be lost
            line += [""] * (width - len(line))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) if width else ""


def _grid(rows: list[list[Cell]], is_headed: bool) -> Iterator[list[str]]:
    """The words of the cells, row by row, each in its column."""
    covered: dict[int, tuple[int, str]] = {}
    for place, row in enumerate(rows):
        line: list[str] = []
        for cell in [*row, None]:
            while len(line) in covered:
                column, (more, text) = len(line), covered.pop(len(line))
                line.append(text)
                if more > 1:
                    covered[column] = more - 1, text
            if cell:
                _put(cell, line, covered, is_headed and not place)
        yield line


def _put(cell: Cell, line: list[str], covered: dict, is_head: bool) -> None:
    text = _cell(cell, is_head)
    again = text if len(text) <= LONGEST_REPEATED else ""
    for column in range(cell.columns):
        if cell.rows > 1:
            covered[len(line)] = cell.rows - 1, "" if column else again
        line.append("" if column else text)


def _cell(cell: Cell, is_head: bool) -> str:
    runs, before = [], ""
    for block in cell.blocks:
        if runs:
            runs.append(Run("; " if before == block.kind == "item" else " "))
        code = frozenset({"code"}) if block.kind == "pre" else frozenset()
        runs += [run._replace(marks=run.marks | code) for run in block.runs]
        before = block.kind
    if is_head:
        runs = [run._replace(marks=run.marks - {"b"}) for run in runs]
    return _line(tidy(runs)).replace("|", "\\|")
