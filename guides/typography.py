"""Dashes and quotation marks in place of what a keyboard has."""

import re

from markdown_it.rules_core.replacements import replace_rare
from markdown_it.rules_core.smartquotes import process_inlines
from markdown_it.rules_core.state_core import StateCore

# Pairing quotation marks takes quadratic time, and no paragraph has so many.
QUOTES_PAIRED = 500
QUOTE = re.compile("[\"']")


def dashes(state: StateCore) -> None:
    """Dashes and ellipses. “Article 6(1)(c)” keeps its letter: no © or ® is made."""
    for token in state.tokens:
        if token.type == "inline":
            replace_rare(token.children or [])


def quotes(state: StateCore) -> None:
    """Curly quotation marks and apostrophes."""
    for token in state.tokens:
        if token.type == "inline" and len(QUOTE.findall(token.content)) < QUOTES_PAIRED:
            process_inlines(token.children or [], state)
