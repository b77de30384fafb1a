"""Words with their marks (bold, italic, links) as Markdown within one paragraph. Pure.

Markdown reads `**Note:**text` and `** bold**` as stars. So spaces and punctuation that
stand at the wrong side are moved out of a mark, and marks that would touch are joined
or left out: words count for more than their look.
"""

import re
import unicodedata
from itertools import groupby
from typing import NamedTuple

SIGNS = {"b": "**", "i": "*", "s": "~~"}
PARTS = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)
# What cannot stand at the edge of a mark when a letter touches it from outside.
EDGE = re.compile(r"[\W_]*")
# What Markdown would read as a mark, wherever it stands.
MARKS = re.compile(
    r"[*`\[]"
    r"|\\(?=[!-/:-@\[-`{-~\n]|$)"
    r"|(?<![^\W_])_|_(?![^\W_])"
    r"|<(?=[a-zA-Z/!?])"
    r"|&(?=#?\w{1,31};)"
    r"|~(?=~)|(?<=~)~"
)
ADDRESS = re.compile(r"(https?://[^\s<>\\]+)(?<![.,;:!?'\")\]*_~])")
MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)


class Run(NamedTuple):
    """Words that look alike: their marks (b, i, s, code, note) and their link."""

    text: str
    marks: frozenset[str] = frozenset()
    href: str = ""


def tidy(runs: list[Run]) -> list[Run]:
    """The same words with each space where it belongs, and no mark twice."""
    runs = _merged(_spaced(_pieces(runs)))
    if not any(run.marks & SIGNS.keys() for run in runs):
        return runs
    return _merged(_settled(_merged(_parted(runs))))


def markdown(runs: list[Run]) -> str:
    """The Markdown of tidy words. Line breaks end in two spaces."""
    written = ""
    parts = []
    for href, group in groupby(runs, key=lambda run: run.href):
        inner = list(group)
        if href and written.endswith("!"):  # else it would be a picture
            parts[-1] = f"{written[:-1]}\\!"
        written = _link(inner, href) if href else _marked(inner)
        parts.append(written)
    return "".join(parts).replace("\n", "  \n")


def plain(runs: list[Run]) -> str:
    """The words alone."""
    return "".join(run.text for run in runs)


def _pieces(runs: list[Run]) -> list[Run]:
    """Words and the spaces between them; one space, or one line break, each time."""
    pieces: list[Run] = []
    for run in runs:
        # Code and struck words have no other mark: the signs would part the others
        # from the letters they stand beside.
        alone = run.marks & {"code"} or run.marks & {"s"}
        run = run._replace(marks=alone) if alone else run
        for text in PARTS.fullmatch(run.text).groups():
            if not text.isspace():
                pieces += [run._replace(text=text)] if text else []
            elif pieces and pieces[-1].text.isspace():
                if "\n" in text:
                    pieces[-1] = Run("\n")
            elif pieces:
                pieces.append(Run("\n" if "\n" in text else " "))
    if pieces and pieces[-1].text.isspace():
        pieces.pop()
    return pieces


def _spaced(pieces: list[Run]) -> list[Run]:
    """A space has the marks that the words on both its sides have."""
    for place, piece in enumerate(pieces):
        if piece.text.isspace():
            before, after = pieces[place - 1], pieces[place + 1]
            if before.href == after.href:
                marks = before.marks & after.marks - {"note"}
                pieces[place] = Run(piece.text, marks, before.href)
    return pieces


def _merged(runs: list[Run]) -> list[Run]:
    merged = []
    for (marks, href), group in groupby(runs, key=lambda run: (run.marks, run.href)):
        if "note" in marks:
            merged += group
        elif text := plain(list(group)):
            merged.append(Run(text, marks, href))
    return merged


def _parted(runs: list[Run]) -> list[Run]:
    """Where two marks would touch, the second keeps only what it shares."""
    parted = runs[:1]
    for run in runs[1:]:
        before = parted[-1]
        touch = not before.text[-1].isspace() and not run.text[0].isspace()
        signs = before.marks & SIGNS.keys(), run.marks & SIGNS.keys()
        if touch and before.href == run.href and all(signs):
            run = run._replace(marks=before.marks & run.marks)
        parted.append(run)
    return parted


def _settled(runs: list[Run]) -> list[Run]:
    """Punctuation moves out of a mark where a letter touches it from outside."""
    for mark in SIGNS:
        for turn in (1, -1):
            runs = _loosened(runs, mark, turn)
    return runs


def _loosened(runs: list[Run], mark: str, turn: int) -> list[Run]:
    """At the beginnings of a mark, or with turn -1 at its ends."""
    loose: list[Run] = []
    for run in runs[::turn]:
        beside = loose[-1] if loose and loose[-1].href == run.href else Run(" ")
        if mark in run.marks - beside.marks and _clings(beside, turn):
            text = run.text[::turn]
            edge = EDGE.match(text).end()
            out = Run(text[:edge][::turn], run.marks - {mark}, run.href)
            loose += [out] if edge else []
            run = run._replace(text=text[edge:][::turn])
        loose += [run] if run.text else []
    return loose[::turn]


def _clings(beside: Run, turn: int) -> bool:
    """Whether a mark that begins beside these words touches a letter of theirs."""
    letter = beside.text[::turn][-1]
    is_mark = bool(beside.marks & {"code", "note"})
    is_apart = letter.isspace() or unicodedata.category(letter)[0] == "P"
    return not is_mark and not is_apart


def _link(runs: list[Run], href: str) -> str:
    said = plain(runs)
    is_mail = MAIL.fullmatch(said) and href == f"mailto:{said}"
    if (said == href or is_mail) and not any(run.marks for run in runs):
        return f"<{said}>"
    return f"[{_marked(runs, ']')}]({href})"


def _marked(runs: list[Run], ends: str = "") -> str:
    """Marks in marks, each closed before those around it. Where that cannot be, the
    inner one ends with the outer one. Letters that would end what is around the words
    are said as words."""
    ends += "~" if any("s" in run.marks for run in runs) else ""
    parts, around, ended = [], [], set()
    for place, run in enumerate(runs):
        ended &= run.marks
        while set(around) - run.marks:
            mark = around.pop()
            parts.append(SIGNS[mark])
            ended.add(mark)
        ended &= run.marks
        begun = [m for m in SIGNS if m in run.marks - ended and m not in around]
        begun.sort(key=lambda mark: -_reach(runs, place, mark))
        parts += [SIGNS[mark] for mark in begun]
        around += begun
        parts.append(_written(run, ends))
    return "".join(parts + [SIGNS[mark] for mark in reversed(around)])


def _reach(runs: list[Run], place: int, mark: str) -> int:
    ends = (n for n in range(place, len(runs)) if mark not in runs[n].marks)
    return next(ends, len(runs))


def _written(run: Run, ends: str) -> str:
    if "note" in run.marks:
        return f"[^{run.text}]"
    if "code" in run.marks:
        return _code(run.text.replace("\n", " "))
    parts = [run.text] if "]" in ends else ADDRESS.split(run.text)
    parts[::2] = [_literal(words, ends) for words in parts[::2]]
    parts[1::2] = [f"<{a}>" if _literal(a, ends) != a else a for a in parts[1::2]]
    return "".join(parts)


def _code(text: str) -> str:
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence, pad = "`" * (longest + 1), " " * bool(longest)
    return f"{fence}{pad}{text}{pad}{fence}"


def _literal(text: str, ends: str) -> str:
    marks = f"{MARKS.pattern}|[{re.escape(ends)}]" if ends else MARKS
    return re.sub(marks, r"\\\g<0>", text)
