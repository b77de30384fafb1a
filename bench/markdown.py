"""Time Markdown at three lengths: `uv run python -m bench.markdown`.

A ratio near 2 says that a text of twice the length takes twice the time. Give names
of families to time only those. Needs no database.
"""

import sys
from pathlib import Path
from statistics import median
from time import process_time

from guides.limits import LONGEST, MOST_COLONS
from guides.markdown import render_comment, render_guide

LENGTHS = 50_000, 100_000, 200_000
GUIDES = Path(__file__).parent.parent / "content" / "guides"
# What is said again and again until the text is long enough.
REPEATED = {
    "opening brackets": "[",
    "closing brackets": "]",
    "stars": "*",
    "stars and letters": "*a ",
    "underscores": "_",
    "backticks": "`",
    "backticks and letters": "`a``b```c ",
    "tildes": "~",
    "quotations": ">",
    "less-than signs": "<",
    "bars": "|",
    "table columns": "|a",
    "table lines": "|a|b|\n",
    "table heads": "|a|\n|-|\n",
    "citations": "[[term:a|b]]",
    "citation beginnings": "[[term:a",
    "citation sections": "[[term:a §1",
    "citation quotations": '[[term:a "b',
    "citation words": "[[term:a|",
    "why blocks": "::: why a\nb\n\n- Reason: c\n:::\n",
    "why beginnings": "::: why a\n",
    "why ends": ":::\n",
    "why items": "- Reason: a\n",
    "links": "[a](b)",
    "link beginnings": "[a](",
    "link titles": '[a](b "',
    "image beginnings": "![",
    "images": "![a](b)",
    "footnote calls": "[^1]",
    "footnote beginnings": "[^",
    "footnote definitions": "[^1]: a\n\n",
    "list items": "- a\n",
    "list markers": "- ",
    "numbered markers": "1. ",
    "task items": "- [ ] a\n",
    "tasks": "- [x] ",
    "terms": "a\n: b\n\n",
    "definitions": ": a\n",
    "entities": "&amp;",
    "entity beginnings": "&",
    "number entities": "&#x",
    "empty schemes": "a://",
    "addresses": "http://a.b ",
    "addresses without spaces": "http://a.b",
    "address beginnings": "http:",
    "secure beginnings": "https://",
    "mail addresses": "mailto:a@b.c ",
    "mail beginnings": "mailto:",
    "slashes": "/",
    "double slashes": "//a ",
    "hosts": "a.",
    "at signs": "a@",
    "backslashes": "\\",
    "escaped brackets": "\\[",
    "double quotes": '"',
    "single quotes": "'",
    "quotes and letters": "\"a 'b ",
    "closing quotes": "a\" b' ",
    "comment beginnings": "<!--",
    "instruction beginnings": "<?",
    "tag beginnings": "<a ",
    "autolink beginnings": "<http:",
    "autolinks": "<http://a.b>",
    "underlines": "a\n-\n",
    "long underline": "=",
    "headings": "# a\n",
    "different headings": "# a-2\n",
    "hashes": "#",
    "rules": "---\n",
    "fences": "```\n",
    "long fences": "~~~~~~~~~~\n",
    "emphasis in words": "a**b",
    "emphasis mixed": "*_a__**",
    "emphasis of three": "***a** b* ",
    "definitions of links": "[a]: b\n",
    "definition titles": "[a]: b '\n",
    "dots": ".",
    "dashes": "-",
    "dashes and letters": "a--b ",
    "plus signs": "+-",
    "rights": "(c)",
    "question marks": "?!",
    "spaces": " ",
    "tabs": "\t",
    "empty lines": "\n",
    "spaces at line ends": "a  \n",
    "paragraphs": "a\n\n",
    "marks over letters": "\u0315\u0300",
    "words": "word ",
    "one word": "a",
    "code": "    a\n",
}


def _filled(said: str, length: int) -> str:
    """Said again and again, in paragraphs as long as they may be."""
    most = length if "\n" in said else LONGEST
    paragraph = said * (most // len(said) + 1)
    paragraph = paragraph[:most] + "\n\n"
    return (paragraph * (length // len(paragraph) + 1))[:length]


def _deep(letters: str, length: int) -> str:
    """Brackets in brackets: as many closed as opened."""
    count = LONGEST // len(letters) // 3
    return _filled(letters * count + "]" * count + "(a)", length)


def _nested(marker: str, length: int) -> str:
    """Each line stands further in than the one before."""
    lines, total = [], 0
    while total < length:
        lines.append("  " * len(lines) + marker)
        total += len(lines[-1]) + 1
    return "\n".join(lines)


def _numbered(pattern: str, length: int) -> str:
    """Lines that all differ."""
    return "".join(pattern.format(n) for n in range(length // len(pattern)))


def _wide(length: int) -> str:
    """A head with very many columns, and many short lines under it."""
    columns = length // 8
    head = "|a" * columns + "|\n" + "|-" * columns + "|\n"
    return head + "|b|\n" * ((length - len(head)) // 4)


def _runs(letter: str, length: int, after: str = " ") -> str:
    """Runs of one letter, each longer than the one before."""
    runs, total = [], 0
    while total < min(length, LONGEST * 0.9):
        runs.append(letter * (len(runs) + 1) + after)
        total += len(runs[-1])
    return _filled("".join(runs), length)


# What is more than a repetition, by length.
BUILT = {
    "nested brackets": lambda length: _deep("[", length),
    "nested pictures": lambda length: _filled("![a" * 20 + "](b)" * 20, length),
    "nested items": lambda length: _nested("- a", length),
    "nested quotations": lambda length: "> " * (length // 4) + "a\n" * (length // 4),
    "different notes": lambda length: _numbered("[^{0}] [^{0}]: a\n\n", length),
    "called notes": lambda length: "[^1]: a\n\n" + _filled("[^1] ", length),
    "call beginnings": lambda length: "[^1]: a\n\n" + _filled("[^", length),
    "different links": lambda length: _numbered("[{0}]: b\n", length),
    "different paragraphs": lambda length: _numbered("{0}\n\n", length),
    "backtick runs": lambda length: _runs("`", length),
    "fence runs": lambda length: _runs("~", length, "\n"),
    "star runs": lambda length: _runs("*", length),
    "wide table": _wide,
    "far quotes": lambda length: _filled('"' + "a" * (LONGEST - 9) + '"', length),
    "most quotes": lambda length: _filled("\"a 'b " * 80 + "\n\n", length),
    "most addresses": lambda length: _filled(
        f"{'a' * 90}://" * MOST_COLONS + "\n\n", length
    ),
    "most colons": lambda length: _filled("http:" * MOST_COLONS + "\n\n", length),
    "endless paragraph": lambda length: "a&*b*" * (length // 5),
    "ampersands in code": lambda length: "```\n" + "&a" * (length // 2),
    "tall fence": lambda length: "```\n" + "a\n" * (length // 2),
}


FAMILIES = {
    **{
        name: lambda length, said=said: _filled(said, length)
        for name, said in REPEATED.items()
    },
    **BUILT,
}


def seconds(render, source: str) -> float:
    """How long one rendering keeps the processor busy."""
    start = process_time()
    render(source)
    return process_time() - start


def main(names: list[str]) -> None:
    """Print the times of all families, or of those named, and of real guides."""
    print(f"{'family':28}{'50k':>8}{'100k':>8}{'200k':>8}{'ratio':>7}")
    for name in names or FAMILIES:
        times = [seconds(render_guide, FAMILIES[name](length)) for length in LENGTHS]
        shown = "".join(f"{time:8.2f}" for time in times)
        print(f"{name:28}{shown}{times[2] / times[1]:7.1f}", flush=True)
    for path in sorted(GUIDES.glob("*.md")):
        source = path.read_text()
        for render in (render_guide, render_comment):
            time = median(seconds(render, source) for _ in range(9))
            print(
                f"{path.stem} ({len(source)}), {render.__name__}: {time * 1e3:.1f} ms"
            )


if __name__ == "__main__":
    main(sys.argv[1:])
