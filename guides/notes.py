"""Footnotes: where they may be written and where they may be called."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, reference
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_def, footnote_ref

# Without a limit, each of many brackets would be followed to the end of the text.
CALL = re.compile(r"\[\^[^\s\]]{1,100}\]")


def footnotes(parser: MarkdownIt) -> None:
    """The plugin without notes inside a sentence or inside one another."""
    parser.use(footnote_plugin, inline=False)
    interrupts = {"alt": ["paragraph", "reference"]}
    parser.block.ruler.at("footnote_def", _definition, interrupts)
    parser.inline.ruler.at("footnote_ref", _call)


def link_definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The rule for "[name]: address", which a note is not: its words would vanish."""
    place = state.bMarks[start] + state.tShift[start]
    return not state.src.startswith("[^", place) and reference(
        state, start, end, silent
    )


def _definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Only between other blocks: the plugin loses words of notes inside notes."""
    return state.level == 0 and footnote_def(state, start, end, silent)


def _call(state: StateInline, silent: bool) -> bool:
    return bool(CALL.match(state.src, state.pos)) and footnote_ref(state, silent)
