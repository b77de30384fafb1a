"""What readers see when they compare two editions."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guides.diff import Block, Fold, Part, compare, fold
from tests.guides.texts import assert_linear, within

WORDS = st.sampled_from(
    ["who", "what", "when", "the", ".", "é", "\n- ", " ", "  ", "*"]
)
paragraphs = st.lists(WORDS, max_size=12).map("".join)
texts = st.lists(paragraphs | st.text(max_size=9), max_size=9).map("\n\n".join)
LONG = 200_000


def side(blocks: list[Block], without: str) -> list[str]:
    """The blocks of one text: without what was added, or without what was removed."""
    return [
        "".join(part.text for part in block.parts if part.kind != without)
        for block in blocks
        if block.kind != without
    ]


def same(text: str) -> Block:
    return Block("same", (Part("same", text),))


def tidy(text: str) -> list[str]:
    return [block.parts[0].text for block in compare(text, text)]


@settings(max_examples=300, deadline=None)
@given(texts, texts)
def test_both_texts_can_be_read_from_what_changed(old, new):
    blocks = compare(old, new)
    assert side(blocks, "added") == tidy(old)
    assert side(blocks, "removed") == tidy(new)


@settings(max_examples=100, deadline=None)
@given(texts)
def test_a_text_does_not_differ_from_itself(text):
    assert {block.kind for block in compare(text, text)} <= {"same"}
    assert "".join("".join(tidy(text)).split()) == "".join(text.split())
    assert fold(compare(text, text)) == []


def test_an_edited_paragraph_shows_the_words_that_changed():
    assert compare("Ask your manager first.", "Ask your lead first.") == [
        Block(
            "changed",
            (
                Part("same", "Ask your "),
                Part("removed", "manager"),
                Part("added", "lead"),
                Part("same", " first."),
            ),
        )
    ]


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        ("a\n\nb", "a\n\n \n\nb\n", ["same", "same"]),
        ("a\n\nb", "a\n\nnew\n\nb", ["same", "added", "same"]),
        ("a\n\nold\n\nb", "a\n\nb", ["same", "removed", "same"]),
        ("", "a", ["added"]),
        ("a", "", ["removed"]),
        ("Ask the team now.", "New here.\n\nAsk the team then.", ["added", "changed"]),
        ("Gone one.\n\nAsk the team.", "Ask our team.", ["removed", "changed"]),
        ("Cats sleep all day.", "Budgets close in March.", ["removed", "added"]),
    ],
)
def test_each_block_says_what_happened_to_it(old, new, kinds):
    assert [block.kind for block in compare(old, new)] == kinds


def test_what_did_not_change_is_folded_away_but_for_its_neighbours():
    old = "\n\n".join("abcdefgh")
    shown = fold(compare(old, old.replace("d", "new")))
    kinds = ["removed", "added"]
    assert (shown[0], shown[-1]) == (Fold(2), Fold(3))
    assert (shown[1], shown[-2]) == (same("c"), same("e"))
    assert [block.kind for block in shown[2:-2]] == kinds


def test_all_is_shown_when_no_block_is_far_from_a_change():
    blocks = compare("a\n\nb\n\nc", "a\n\nb\n\nc\n\nd\n\ne")
    assert fold(blocks, around=3) == blocks


def numbered(pattern: str) -> str:
    return "".join(pattern.format(n) for n in range(LONG // (len(pattern) + 2)))


def turned(pattern: str, in_a_block: int) -> tuple[str, str]:
    """Blocks with the same words in another order."""
    blocks = [
        [pattern.format(n % 50 if n % 3 else n) for n in range(in_a_block)]
        for _ in range(LONG // in_a_block // 4)
    ]
    there = "\n\n".join(f"{n} {' '.join(block)}" for n, block in enumerate(blocks))
    back = "\n\n".join(f"{n} {' '.join(block[::-1])}" for n, block in enumerate(blocks))
    return there, back


WORST = {
    "equal blocks": ("a\n\n" * (LONG // 3), "a\n\n" * (LONG // 6)),
    "no equal blocks": (numbered("a{}\n\n"), numbered("b{}\n\n")),
    "every other block": (numbered("s\n\nx{}\n\n"), numbered("s\n\ny{}\n\n")),
    "every other of all": (numbered("s{0}\n\nx{0}\n\n"), numbered("s{0}\n\ny{0}\n\n")),
    "one giant block": (numbered("a{} "), numbered("b{} ")),
    "one block of few words": ("a b " * (LONG // 4), "b c " * (LONG // 4)),
    "short turned blocks": turned("{}", 100),
    "long turned blocks": turned("{}", 1_000),
    "white lines": (" \n" * (LONG // 2) + "a", "\n" * LONG + "b"),
}


@pytest.mark.parametrize("case", WORST)
def test_no_two_texts_keep_the_site_busy(case):
    old, new = WORST[case]
    with within(60):
        blocks = compare(old, new)
        fold(blocks)
    assert side(blocks, "added") == tidy(old)


def each(said: str) -> None:
    for _ in said:
        pass


def each_with_each(said: str) -> None:
    for _ in said[::100]:
        each(said[::100])


def test_the_count_of_steps_tells_a_line_from_a_square():
    assert_linear(each, "ab ")
    with pytest.raises(AssertionError):
        assert_linear(each_with_each, "ab ")


def test_the_guard_against_hanging_catches_what_hangs():
    with pytest.raises(TimeoutError), within(1):
        while True:
            pass
