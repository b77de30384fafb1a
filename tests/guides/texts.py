"""Reads a rendered text as a browser would, and writes what people might type."""

import re
import signal
import sys
from collections.abc import Callable
from contextlib import contextmanager

from bs4 import BeautifulSoup
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from guides.markdown import render_comment, render_guide

TAGS = {
    *("h2", "h3", "h4", "h5", "h6", "p", "blockquote", "pre", "hr", "div", "section"),
    *("ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td"),
    *("a", "br", "code", "em", "s", "span", "strong", "sup"),
    *("img", "figure", "figcaption", "aside"),
}
ATTRIBUTES = {
    *("id", "data-block", "href", "class", "rel", "aria-label", "aria-labelledby"),
    *("role", "tabindex", "start", "scope"),
    *("src", "srcset", "sizes", "width", "height", "alt", "loading", "decoding"),
}
NAME = f"/images/{'a1' * 11}-640x400"
OUR_PICTURE = r"(/images/[a-z0-9]{22}-[0-9]+x[0-9]+-[0-9]+\.webp)?"
PIECES = st.sampled_from(
    [
        *(
            "# ",
            "## B",
            "### fn1",
            "comment-1",
            "main",
            "\n",
            "\n\n",
            "  ",
            "    ",
            "\t",
        ),
        *("::: why ", "::: why A\nB.\n\n- Reason: c\n:::\n", ":::", "Reason: "),
        *("- ", "1. ", "[ ] ", "[x] ", "> ", "|", "|-|", ": ", "```", "~~~", "---"),
        *("*", "**", "_", "~~", "`", "[", "]", "(", ")", "![", "](", "[^1]", "[^1]: "),
        *(
            "[^a]",
            "[^a]: ",
            "^[",
            "[a]: b",
            "<",
            ">",
            "&",
            "&lt;",
            "\\",
            '"',
            "'",
            "--",
        ),
        *(NAME, f"![a]({NAME} 'b')"),
        *("http://a.b", "javascript:", "mailto:a@b", "//", "<script>", "on=", "a", "é"),
        *("\x00", "\u202e", "\u0301", "✓", "...", "(c)", "--", "\t"),
    ]
)
written = st.lists(PIECES | st.text(max_size=4), max_size=40).map("".join)
fuzzed = settings(
    max_examples=300, deadline=None, suppress_health_check=list(HealthCheck)
)


def soup_of(source: str) -> BeautifulSoup:
    return BeautifulSoup(render_guide(source).html, "html.parser")


def comment_of(source: str) -> BeautifulSoup:
    return BeautifulSoup(render_comment(source), "html.parser")


def assert_harmless(html: str) -> None:
    for tag in BeautifulSoup(html, "html.parser").find_all(True):
        assert tag.name in TAGS
        assert set(tag.attrs) <= ATTRIBUTES
        for source in re.split(", | [0-9]+w", tag.get("srcset", tag.get("src", ""))):
            assert re.fullmatch(OUR_PICTURE, source), source
        address = re.sub(r"[\x00-\x20]", "", tag.get("href", "")).lower()
        scheme = re.match(r"([a-z][a-z0-9+.-]*):", address)
        assert not scheme or scheme[1] in {"http", "https", "mailto"}


def ids_of(html: str) -> list[str]:
    return [tag["id"] for tag in BeautifulSoup(html, "html.parser").find_all(id=True)]


def keys_of(source: str) -> dict[str, str]:
    """The key of each block by its words."""
    return {
        tag.get_text().strip(): tag["data-block"]
        for tag in soup_of(source).find_all(attrs={"data-block": True})
    }


def steps(work: Callable[[], object]) -> int:
    """How many lines, jumps and calls of Python the work takes: the same number each
    time, however busy the machine is. What C does within a call is one step; `within`
    looks after that."""
    taken = 0

    def one_more(*_):
        nonlocal taken
        taken += 1

    monitor, tool = sys.monitoring, sys.monitoring.PROFILER_ID
    kinds = (monitor.events.LINE, monitor.events.JUMP, monitor.events.CALL)
    monitor.use_tool_id(tool, "steps")
    try:
        for kind in kinds:
            monitor.register_callback(tool, kind, one_more)
        monitor.set_events(tool, sum(kinds))
        work()
    finally:
        monitor.set_events(tool, monitor.events.NO_EVENTS)
        monitor.free_tool_id(tool)
    return taken


def assert_linear(work: Callable[[str], object], said: str) -> None:
    """Twice as much takes twice as many steps, within the few that any text takes."""
    once = steps(lambda: work(said * (4_000 // len(said))))
    twice = steps(lambda: work(said * (8_000 // len(said))))
    assert twice <= 2.2 * once


@contextmanager
def within(seconds: int):
    """Fails a test that hangs, wherever it does. Only its own work counts: other
    programs on the machine do not make it fail."""

    def too_slow(*_):
        raise TimeoutError(f"still working after {seconds} seconds")

    before = signal.signal(signal.SIGVTALRM, too_slow)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
