"""What was copied, as blocks of runs, before it is written as Markdown. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from guides.phrases import Run


@dataclass
class Block:
    """A paragraph (p), heading (h), list item (item), code (pre), rule (hr), table,
    footnote (note), or a term and its meaning."""

    kind: str
    runs: list[Run] = field(default_factory=list)
    level: int = 0  # of a heading; of a list, how deep it lies
    ordered: bool = False
    number: int = 1  # of the first item of a list
    box: str = ""
    name: str = ""  # of a footnote
    quoted: bool = False
    rows: list[list["Cell"]] = field(default_factory=list)


@dataclass
class Cell:
    """A cell of a table: what is in it, and how many columns and rows it covers."""

    blocks: list[Block]
    columns: int = 1
    rows: int = 1
    is_head: bool = False


def paragraphs(runs: list[Run]) -> Iterator[list[Run]]:
    """Two line breaks and more part paragraphs, as people mean who type them."""
    paragraph, breaks = [], 0
    for run in runs:
        if run.text.strip():
            if breaks > 1:
                yield paragraph
                paragraph = []
            breaks = 0
        breaks += run.text == "\n"
        paragraph.append(run)
    yield paragraph


def without_tables(blocks: list[Block]) -> Iterator[Block]:
    """Tables in the cell of a table as mere words: Markdown has no such thing."""
    for block in blocks:
        if block.kind != "table":
            yield block
        for cell in (cell for row in block.rows for cell in row):
            yield from cell.blocks
