"""The keys by which a discussion finds its paragraph again."""

import re

import pytest

from guides.markdown import render_guide
from tests.guides.texts import keys_of

BLOCKS = [
    *("## Heading", "Paragraph.", "- item", "1. number", "> quote", "Term\n: meaning"),
    *("|a|\n|-|\n|cell|", "```\nfenced\n```", "    indented"),
]


def test_each_block_has_a_key():
    html = render_guide("\n\n".join(BLOCKS)).html
    assert len(re.findall('data-block="[0-9a-f]{8}"', html)) == len(BLOCKS)


@pytest.mark.parametrize("place", range(len(BLOCKS)))
def test_a_block_keeps_its_key_when_others_change(place):
    kept = BLOCKS[place]
    [(words, key)] = keys_of(kept).items()
    for others in (
        BLOCKS[:place],
        BLOCKS[place + 1 :],
        ["New one."],
        ["> Quoted", "A"],
    ):
        between = ["***", kept, "***"]
        assert keys_of("\n\n".join([*others, *between]))[words] == key
        assert keys_of("\n\n".join([*between, *others]))[words] == key


def test_blocks_with_the_same_words_get_keys_of_their_own():
    html = render_guide("Same.\n\nSame.\n\n## Other\n\nSame.").html
    keys = re.findall('data-block="([^"]+)"', html)
    assert len(keys) == len(set(keys)) == 4
