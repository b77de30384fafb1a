"""Texts that somebody typed to do harm, or by accident, or at great length."""

import re

import pytest
from hypothesis import given

from bench.markdown import FAMILIES
from guides.markdown import clean_text, render_comment, render_guide
from guides.sanitise import sanitise
from tests.guides.hostile import HOSTILE
from tests.guides.texts import (
    assert_harmless,
    fuzzed,
    ids_of,
    soup_of,
    steps,
    within,
    written,
)

SECONDS = 60
SIZES = 5_000, 10_000
COARSE = {"backtick runs", "most addresses", "most colons"}  # few and long paragraphs


def test_hostile_text_does_no_harm():
    assert len(set(HOSTILE)) >= 150
    for typed in HOSTILE:
        for html in (render_guide(typed).html, render_comment(typed)):
            assert_harmless(html)
            assert sanitise(html) == html


@fuzzed
@given(written)
def test_nothing_that_is_written_breaks_a_guide(source):
    rendered = render_guide(source)
    ids = ids_of(rendered.html)
    assert_harmless(rendered.html)
    assert len(ids) == len(set(ids))
    assert {entry["id"] for entry in rendered.contents} <= set(ids)
    assert sanitise(rendered.html) == rendered.html


@fuzzed
@given(written)
def test_nothing_that_is_written_breaks_a_comment(source):
    html = render_comment(source)
    assert_harmless(html)
    assert sanitise(html) == html
    assert not {"id", "data-block"} & set(re.findall(r" ([a-z-]+)=\"", html))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b\x07c\x7fd\x85e", "abcde"),
        ("a\ud800b", "ab"),
        ("a\u202eb\u2066c\u200fd\u061ce", "abcde"),
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("a\tb", "a\tb"),
        ("cafe\u0301", "café"),
        ("👩\u200d💻", "👩\u200d💻"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("🏴\U000e0067\U000e0062\U000e007f", "🏴\U000e0067\U000e0062\U000e007f"),
        ("Llŷn", "Llŷn"),
        ("a" + "\u0316" * 90, "a" + "\u0316" * 30),
    ],
)
def test_text_loses_only_what_nobody_can_see(typed, kept):
    assert clean_text(typed) == kept


@fuzzed
@given(written)
def test_clean_text_is_clean_for_good(source):
    assert clean_text(clean_text(source)) == clean_text(source)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\"a' " * 300, "\"a' " * 300),
        ("http://a.b " * 501, "http://a.b " * 501),
        (f"[^{'a' * 101}]\n\n[^{'a' * 101}]: b", f"[^{'a' * 101}]"),
    ],
)
def test_what_nobody_writes_stays_as_typed_for_it_would_take_too_long(typed, kept):
    soup = soup_of(typed)
    assert soup.text.strip() == kept.strip()
    assert soup.a is None


@pytest.mark.parametrize("family", FAMILIES)
def test_no_text_keeps_the_site_busy(family):
    source = FAMILIES[family](200_000)
    with within(SECONDS):
        render_guide(source)


@pytest.mark.parametrize("family", FAMILIES)
def test_twice_as_much_takes_twice_as_long(family):
    half, whole = (FAMILIES[family](n * (6 if family in COARSE else 1)) for n in SIZES)

    assert steps(lambda: render_guide(whole)) <= 2.5 * steps(lambda: render_guide(half))


def test_after_very_many_lines_the_rest_is_shown_as_typed():
    soup = soup_of("- a\n" * 10_000 + "~~~~\n**b**\n# c")

    assert len(soup.find_all("li")) == 10_000
    assert soup.find_all("code")[-1].get_text().endswith("~~~~\n**b**\n# c\n")


def test_after_very_many_marks_the_words_stay():
    soup = soup_of("*a*\n\n" * 5_000 + "[b](/c) " * 10 + "\n\n" + "*d* " * 5_000 * 3)

    assert len(soup.find_all("em")) == 5_000
    assert "*d*" in soup.get_text()


def test_a_table_with_very_many_columns_is_no_table():
    row = "|a" * 101 + "|\n"

    soup = soup_of(row + "|-" * 101 + "|\n" + row)

    assert soup.table is None
    assert soup.get_text().count("a") == 202
