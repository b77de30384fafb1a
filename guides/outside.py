"""Every address elsewhere in files of `content/`, with what it stands beside. Pure."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import yaml

from guides.manuscripts import Manuscript
from guides.markdown import read_guide

ADDRESS = re.compile(r"https?://[^\s<>\"'”’)\]]+", re.IGNORECASE)

# A line, from 1, and an address on it.
Found = tuple[int, str]


def addresses_in(manuscript: Manuscript) -> Iterator[Found]:
    """Where a text leads, links and pictures alike."""
    line = 1
    for token in read_guide(manuscript.body):
        line = token.map[0] + 1 if token.map else line
        at = line + manuscript.above
        for child in token.children or []:
            at += child.type in {"softbreak", "hardbreak"}
            address = str(child.attrGet("href") or child.attrGet("src") or "")
            if ADDRESS.match(address):
                yield at, address


def addresses_in_rows(text: str) -> Iterator[tuple[int, str, str]]:
    """Where the rows of a register lead, with the slug of each row."""
    rows = yaml.compose(text, yaml.SafeLoader)
    for row in rows.value if isinstance(rows, yaml.SequenceNode) else ():
        slug = next((v.value for k, v in _pairs(row) if k.value == "slug"), "")
        for line, address in _addresses(row):
            yield line, address, slug


def same(address: str) -> tuple[str, ...]:
    """What tells an address from others: not its scheme, nor its place in the page."""
    parts = urlsplit(address)
    return parts.netloc.lower(), parts.path.rstrip("/"), parts.query


def _pairs(node: yaml.Node) -> list[tuple[yaml.Node, yaml.Node]]:
    return node.value if isinstance(node, yaml.MappingNode) else []


def _addresses(node: yaml.Node) -> Iterator[Found]:
    if isinstance(node, yaml.ScalarNode):
        for found in ADDRESS.findall(node.value):
            yield node.start_mark.line + 1, found
    elif isinstance(node, yaml.SequenceNode):
        for each in node.value:
            yield from _addresses(each)
    for _, value in _pairs(node):
        yield from _addresses(value)
