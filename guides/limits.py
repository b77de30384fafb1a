"""Where markdown-it would take quadratic time or simply long, and what we do about it.

Measured by `bench/markdown.py`. No limit is near what a person writes; beyond it the
words stay and only their marks are shown as typed.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, table
from markdown_it.rules_core import StateCore, linkify
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline import linkify as linkify_inline
from markdown_it.token import Token

# Lists in lists in quotations: nine lists, as in Word. What lies deeper is left out.
DEEPEST = 20
# Of a paragraph, heading or cell, in letters: about 3,000 words. Pairs of marks are
# looked for within a paragraph, so this bounds the cost of every kind of them.
LONGEST = 20_000
# Of a text. The longest guide of 200,000 letters has some 2,000 lines and 10,000 marks;
# so many more would keep a processor busy for seconds.
MOST_LINES = 10_000
MOST_MARKS = 30_000
MOST_COLUMNS = 100  # of a table: every row has as many cells as its head
FENCES = re.compile("~{3,}")
MARKS = re.compile(r"[*_`~<&!\[\]()\\]")
# Of a paragraph: what follows each is copied once more.
MOST_COLONS = 200


def bound(parser: MarkdownIt) -> MarkdownIt:
    """The same parser with its slow rules kept in bounds."""
    parser.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    parser.core.ruler.at("inline", _read_paragraphs)
    parser.core.ruler.at("linkify", _addresses)
    parser.inline.ruler.at("linkify", _address)
    return parser


def shorten(source: str) -> str:
    """The text with all that follows its first MOST_LINES lines shown as typed."""
    lines = source.split("\n")
    if len(lines) <= MOST_LINES:
        return source
    kept, rest = lines[:MOST_LINES], "\n".join(lines[MOST_LINES:])
    fence = "~" * (max(map(len, FENCES.findall(rest)), default=2) + 1)
    return "\n".join([*kept, "", fence, rest, fence])


def _table(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    head = state.src[state.bMarks[first] : state.eMarks[first]]
    return head.count("|") <= MOST_COLUMNS and table(state, first, last, silent)


def _read_paragraphs(state: StateCore) -> None:
    marks = 0
    for token in state.tokens:
        if token.type != "inline":
            continue
        marks += len(MARKS.findall(token.content))
        if len(token.content) > LONGEST or marks > MOST_MARKS:
            token.children = [Token("text", "", 0, content=token.content)]
        else:
            parse = state.md.inline.parse
            parse(token.content, state.md, state.env, token.children)


def _addresses(state: StateCore) -> None:
    """Bare addresses, in all paragraphs with few colons."""
    everything = state.tokens
    state.tokens = [token for token in everything if _has_few_colons(token.content)]
    linkify(state)
    state.tokens = everything


def _address(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != ":" or not _has_few_colons(state.src):
        return False
    return linkify_inline(state, silent)


def _has_few_colons(words: str) -> bool:
    return words.count(":") <= MOST_COLONS
