"""“Why is it like this?” blocks: a rule, its reason, and what may be done about it.

Pure. In a text a block is written so:

    ::: why You need approval although you have a budget
    One short paragraph that says the rule.

    - Reason: why it is so, with a source.
    - Freely: what anybody may do.
    - With permission: what somebody has to agree to.
    - Not at all: what a policy forbids, with that policy.
    :::
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from guides.citations import NONE, Reference, Register, unknown
from guides.links import OUTSIDE, words

LONGEST_TITLE = 80  # letters
# What begins an item, in this order, and how the page calls it.
LABELS = {
    "reason": ("Reason", "Reason"),
    "freely": ("Freely", "You may freely"),
    "with permission": ("With permission", "You may with permission"),
    "not at all": ("Not at all", "Not at all"),
}
ORDER = list(LABELS)
TYPED = [typed for typed, _ in LABELS.values()]
IN_ORDER = "“Reason:”, “Freely:”, “With permission:”, “Not at all:”"
OPENING = re.compile(r":{3,}[ \t]*why(?![\w:-])[ \t]*(.*)", re.IGNORECASE)
CLOSING = re.compile(r":{3,}[ \t]*")
LABEL = re.compile(r"([^:\n]{1,40}):\s*")
NAME = '<p class="why__name">Why is it like this?</p>\n'


@dataclass(frozen=True)
class Why:
    """A block that has all its parts, as lists of them need it."""

    block: str
    title: str
    rule: str
    cited: tuple[Reference, ...] = ()


@dataclass(frozen=True)
class Fault:
    """A rule that a block breaks: on which line of the text, from 1, and what to do."""

    line: int
    title: str
    message: str

    def __str__(self) -> str:
        named = f"“{self.title}”" if self.title else "a block without a title"
        return f"Line {self.line}, {named}: {self.message}"


@dataclass
class _Item:
    """One item of a block's list: from which token to which, and its label."""

    first: int
    last: int
    label: str
    line: int


@dataclass
class _Block:
    """One block as it stands among the tokens of a text."""

    first: int
    last: int
    title: str
    line: int
    rule: int | None = None  # the inline token that says it
    span: tuple[int, int] | None = None  # of its list
    items: list[_Item] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, line: int, message: str) -> None:
        self.faults.append(Fault(line, self.title, message))


def plugin(parser: MarkdownIt) -> None:
    """Let a text have these blocks, outside of lists and quotations."""
    interrupts = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    parser.block.ruler.before("fence", "why", _why, interrupts)


def lay_out(tokens: list[Token]) -> list[Why]:
    """Give each block its name and its labels; the blocks that have all their parts.
    What is built otherwise keeps its words as they are."""
    found = []
    for block in reversed(_blocks(tokens)):  # from behind, for places move
        key = str(tokens[block.first].attrGet("data-block"))
        _name(tokens[block.first : block.first + 4], key, block.title)
        if not block.faults:
            rule = words(tokens[block.rule])
            cited = tuple(_cited(tokens[block.first : block.last]))
            found.append(Why(key, block.title, rule, cited))
            _label(tokens, block)
        name = Token("html_block", "", 0, level=1, content=NAME)
        tokens.insert(block.first + 1, name)
    return found[::-1]


def faults_in(tokens: list[Token], register: Register) -> list[Fault]:
    """What the blocks of a text lack, in the order of its lines. tokens: as they were
    read; register: the rows that it may cite."""
    found = list(_strays(tokens))
    for block in _blocks(tokens):
        found += block.faults
        for item in block.items:
            found += _unsourced(tokens, block, item, register)
    return sorted(found, key=lambda fault: fault.line)


def _why(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    # Inside of other blocks it ends those that its line no longer belongs to.
    is_outside = state.level == 0 or (silent and state.sCount[first] < state.blkIndent)
    if not is_outside or not (opening := OPENING.fullmatch(_line(state, first))):
        return False
    for end in range(first + 1, last):
        line = _line(state, end)
        if OPENING.fullmatch(line):
            return False
        if CLOSING.fullmatch(line):
            break
    else:
        return False
    if not silent:
        _push(state, opening[1].strip(), first, end)
    return True


def _line(state: StateBlock, number: int) -> str:
    if state.is_code_block(number):
        return ""
    start = state.bMarks[number] + state.tShift[number]
    return state.src[start : state.eMarks[number]]


def _push(state: StateBlock, title: str, first: int, end: int) -> None:
    state.push("why_open", "aside", 1).map = [first, end + 1]
    state.push("why_title_open", "h2", 1).map = [first, first + 1]
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = title, [first, first + 1], []
    state.push("why_title_close", "h2", -1)
    before = state.parentType, state.lineMax
    state.parentType, state.lineMax = "container", end
    state.md.block.tokenize(state, first + 1, end)
    state.parentType, state.lineMax = before
    state.push("why_close", "aside", -1)
    state.line = end + 1


def _blocks(tokens: list[Token]) -> list[_Block]:
    blocks = []
    first = None
    for place, token in enumerate(tokens):
        if token.type == "why_open":
            first = place
        elif token.type == "why_close":
            blocks.append(_block(tokens, first, place))
    return blocks


def _block(tokens: list[Token], first: int, last: int) -> _Block:
    title = words(tokens[first + 2])
    line = tokens[first].map[0] + 1
    block = _Block(first, last, title, line)
    if not title:
        block.fault(line, "Give it a title, after “::: why”.")
    elif len(title) > LONGEST_TITLE:
        what = f"Shorten the title to {LONGEST_TITLE} letters: it has {len(title)}."
        block.fault(line, what)
    shape = []
    for place in range(first + 4, last):
        token = tokens[place]
        if token.type == "heading_open" and token.level > 1:
            block.fault(token.map[0] + 1, "Take the heading out of the block.")
        if token.level != 1 or token.nesting < 0:
            continue
        shape.append(token.type)
        if token.type == "paragraph_open":
            block.rule = block.rule or place + 1
        elif token.type == "bullet_list_open":
            block.span = block.span or (place, _end(tokens, place))
    _check_shape(block, shape, tokens)
    if block.span:
        block.items = _items(tokens, *block.span)
        _check_labels(block)
    return block


def _check_shape(block: _Block, shape: list[str], tokens: list[Token]) -> None:
    if not shape or shape[0] != "paragraph_open":
        block.rule = None
        block.fault(block.line, "Say the rule in a short paragraph, above the list.")
    elif not words(tokens[block.rule]):
        block.fault(block.line, "Say the rule in words, above the list.")
    elif shape not in (["paragraph_open", "bullet_list_open"], ["paragraph_open"]):
        what = "Write one paragraph that says the rule and one list, and nothing else."
        block.fault(block.line, what)
    if not block.span:
        what = "There is no reason. Add a list that begins with “- Reason:”."
        block.fault(block.line, what)


def _check_labels(block: _Block) -> None:
    labels = [item.label for item in block.items]
    if "reason" not in labels:
        what = "There is no reason. Begin the list with “- Reason:”."
        block.fault(block.line, what)
    seen: list[str] = []
    for item in block.items:
        typed = LABELS.get(item.label, ("", ""))[0]
        if not typed:
            what = f"Begin each item with one of {IN_ORDER}."
            block.fault(item.line, what)
        elif item.label in seen:
            block.fault(item.line, f"“{typed}:” stands here twice.")
        elif any(ORDER.index(item.label) < ORDER.index(label) for label in seen):
            what = f"“{typed}:” stands too late. The order is {IN_ORDER}."
            block.fault(item.line, what)
        seen += [item.label] if typed else []


def _items(tokens: list[Token], first: int, last: int) -> list[_Item]:
    return [
        _Item(place, _end(tokens, place), _label_at(tokens, place), token.map[0] + 1)
        for place, token in enumerate(tokens[first:last], start=first)
        if token.type == "list_item_open" and token.level == tokens[first].level + 1
    ]


def _end(tokens: list[Token], first: int) -> int:
    level = tokens[first].level
    return next(
        place
        for place in range(first + 1, len(tokens))
        if tokens[place].level == level and tokens[place].nesting < 0
    )


def _label_at(tokens: list[Token], place: int) -> str:
    _, paragraph, inline = tokens[place : place + 3]
    is_said = paragraph.type == "paragraph_open" and inline.children
    start = inline.children[0] if is_said else None
    found = LABEL.match(start.content) if start and start.type == "text" else None
    return " ".join(found[1].lower().split()) if found else ""


def _name(opening: list[Token], key: str, title: str) -> None:
    aside, heading, _, end = opening
    aside.attrSet("class", "why")
    heading.hidden = end.hidden = not title  # it would be announced as saying nothing
    if title:
        heading.attrSet("id", f"why-{key}")
        aside.attrSet("aria-labelledby", f"why-{key}")


def _label(tokens: list[Token], block: _Block) -> None:
    first, last = block.span
    tokens[first].type, tokens[first].tag = "dl_open", "dl"
    tokens[last].type, tokens[last].tag = "dl_close", "dl"
    for item in reversed(block.items):
        shown = LABELS[item.label][1]
        text = tokens[item.first + 2].children[0]
        text.content = LABEL.sub("", text.content, count=1)
        label = Token("text", "", 0, content=shown)
        tokens[item.last].type, tokens[item.last].tag = "dd_close", "dd"
        tokens[item.first : item.first + 1] = [
            Token("dt_open", "dt", 1, level=2, block=True),
            Token("inline", "", 0, level=3, content=shown, children=[label]),
            Token("dt_close", "dt", -1, level=2, block=True),
            Token("dd_open", "dd", 1, level=2, block=True),
        ]


def _unsourced(tokens, block: _Block, item: _Item, register) -> Iterator[Fault]:
    inside = tokens[item.first : item.last]
    cited = list(_cited(inside))
    if item.label == "reason":
        is_outside = any(
            child.type == "link_open" and OUTSIDE.match(str(child.attrGet("href")))
            for token in inside
            for child in token.children or []
        )
        if not is_outside and not _has_row(cited, register):
            what = "Say where the reason comes from: cite a policy, as in "
            what += "“[[policy:slug]]”, or link to a source elsewhere."
            yield Fault(item.line, block.title, _in_vain(cited, register) or what)
    elif item.label == "not at all":
        rules = [cites for cites in cited if cites.kind == "policy"]
        if not _has_row(rules, register):
            what = "Cite the policy that forbids it: “[[policy:slug]]”."
            yield Fault(item.line, block.title, _in_vain(rules, register) or what)
    if item.label in LABELS and not _says_something(inside):
        what = f"Say something after “{LABELS[item.label][0]}:”."
        yield Fault(item.line, block.title, what)


def _says_something(inside: list[Token]) -> bool:
    said = " ".join(words(token) for token in inside if token.type == "inline")
    return bool(LABEL.sub("", said, count=1).strip()) or any(
        token.type in {"fence", "code_block"} for token in inside
    )


def _has_row(cited: list[Reference], register: Register) -> bool:
    return any(register.get(cites.key, NONE).name for cites in cited)


def _in_vain(cited: list[Reference], register: Register) -> str:
    return next((unknown(c, register.get(c.key, NONE)) for c in cited), "")


def _cited(tokens: list[Token]) -> Iterator[Reference]:
    for token in tokens:
        for child in token.children or []:
            if child.type == "text" and "cites" in child.meta:
                yield child.meta["cites"]


def _strays(tokens: list[Token]) -> Iterator[Fault]:
    """Marks of a block that belong to none."""
    marks = [*sorted(_marks(tokens), key=lambda mark: mark[0]), None]
    is_open = False
    for (line, title, is_stray), after in pairwise(marks):
        if not is_stray:
            continue
        if title is None:
            if not is_open:
                yield Fault(line, ":::", "There is no block here that this could end.")
            is_open = False
        else:
            is_open = True
            yield Fault(line, title, _why_stray(after))


def _why_stray(after) -> str:
    if after and after[1] is not None:
        return "A block cannot stand in another. End this one with a line “:::” first."
    if after and after[2]:
        return (
            "Write the block outside of lists and quotations, from “::: why” to “:::”."
        )
    return "This block does not end. Put a line “:::” after it."


def _marks(tokens: list[Token]) -> Iterator[tuple[int, str | None, bool]]:
    """Lines that begin a block, with its title, or end one (None), and whether they
    are outside of any."""
    for token in tokens:
        if token.type == "why_open":
            yield token.map[0] + 1, "", False
        if token.type != "inline" or not token.map or ":::" not in token.content:
            continue
        for number, line in enumerate(token.content.split("\n"), token.map[0] + 1):
            if opening := OPENING.fullmatch(line.strip()):
                yield number, opening[1].strip(), True
            elif CLOSING.fullmatch(line.strip()):
                yield number, None, True
