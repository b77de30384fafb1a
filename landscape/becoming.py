"""What bodies were before and what became of them, for lists and for the picture."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from landscape import sprig
from landscape.lineage import Body, Picture, Step, draw
from landscape.models import Organisation, Succession
from landscape.models.dates import is_before
from landscape.tree import Branch

MOST_PICTURES = 24  # on a page of the tree


@dataclass(frozen=True)
class Heir:
    """Who has a body's work today, and since when; or had it last."""

    body: Organisation
    on: str

    @property
    def is_no_more(self) -> bool:
        """Whether it ended too, and nobody took its place."""
        return self.body.status != Organisation.Status.ACTIVE


@dataclass(frozen=True)
class Event:
    """Something that happened in the line of a body: a step between two, or that it
    took another name."""

    on: str
    kind: str
    step: Succession | None = None
    old_name: str = ""
    new_name: str = ""


def heirs_of(
    bodies: Iterable[Organisation], steps: Iterable[Succession] | None = None
) -> dict[int, list[Heir]]:
    """For each body that is no more, who has its work today; if nobody has, who had it
    last. steps: all that lead on from them, if they are known already; else one query
    finds them."""
    ended = [body.pk for body in bodies if body.status != Organisation.Status.ACTIVE]
    if steps is None:
        steps = Succession.objects.onwards_from(ended) if ended else ()
    onwards = defaultdict(list)
    for step in steps:
        if _is_whole(step):
            onwards[step.old_id].append(step)

    def follow(key: int) -> list[Heir]:
        found = []
        for step in onwards[key]:
            found += follow(step.new_id) or [Heir(step.new, step.since)]
        return found

    def last(key: int) -> list[Heir]:
        heirs = list({heir.body.pk: heir for heir in follow(key)}.values())
        return [heir for heir in heirs if not heir.is_no_more] or heirs

    return {key: last(key) for key in ended}


def events_of(body: Organisation, steps: Iterable[Succession]) -> list[Event]:
    """All that happened in the line of a body, oldest first. body: with `called`."""
    became = [Event(step.on, step.kind, step) for step in steps]
    return sorted([*_renamings(body), *became], key=lambda event: event.on)


def _renamings(body: Organisation) -> Iterator[Event]:
    """When a body took another name. Between two known names it may have had one that
    nobody wrote down, so the end of one is not always the start of the next."""
    names = [*body.called, {"name": body.name, "since": ""}]
    for former, following in pairwise(names):
        until, since = former["until"], following["since"]
        if since and is_before(until, since):
            yield Event(until, "own-name", None, former["name"])
            yield Event(since, "own-name", None, "", following["name"])
        else:
            yield Event(until, "own-name", None, former["name"], following["name"])


def picture_of(body: Organisation, steps: Iterable[Succession]) -> Picture | None:
    """The line of a body as a picture. body: with `called`."""
    steps = list(steps)
    boxes, lines = {}, []
    for step in steps:
        old, new = _ends_of(step, body, steps)
        lines.append(Step(old, new, not _is_whole(step)))
        boxes |= {old: step.old, new: step.new}
    others = [
        Body(key, b.name, _years(b.opened, b.closed))
        for key, b in boxes.items()
        if b.pk != body.pk
    ]
    lines += [Step((body.pk, n), (body.pk, n + 1)) for n in range(len(body.called))]
    return draw([*others, *_own_boxes(body)], lines)


def pictures_of(branches: Iterable[Branch]) -> list[sprig.Picture]:
    """The bodies of a page of the tree that have parts, drawn one by one."""
    rows = (sprig.Row(branch.row.name, branch.depth) for branch in branches)
    return sprig.draw(rows)[:MOST_PICTURES]


def _own_boxes(body: Organisation) -> list[Body]:
    boxes = [
        Body((body.pk, number), name["name"], _years(name["since"], name["until"]))
        for number, name in enumerate(body.called)
    ]
    since = body.called[-1]["until"] if body.called else body.opened
    years = _years(since, body.closed)
    return [*boxes, Body((body.pk, len(boxes)), body.name, years, is_here=True)]


def _ends_of(step: Succession, body: Organisation, steps: list[Succession]) -> tuple:
    """The boxes that a step leads from and to. A body that gave work to one from which
    it has work too, or whose place it took, has a box of its own for that, so that
    every line leads down."""
    old, new = (_box_of(key, body, step.on) for key in (step.old_id, step.new_id))
    if not _is_whole(step):
        if old == step.old_id and old in _after(body.pk, steps):
            old = ("gave", old)
        elif new == step.new_id and new in _before(body.pk, steps):
            new = ("took", new)
    return old, new


def _after(key: int, steps: list[Succession]) -> set[int]:
    """What came after a body, and what has work of it."""
    after = _reached(key, {(s.old_id, s.new_id) for s in steps if _is_whole(s)})
    return after | {s.new_id for s in steps if s.old_id == key}


def _before(key: int, steps: list[Succession]) -> set[int]:
    """What came before a body."""
    return _reached(key, {(s.new_id, s.old_id) for s in steps if _is_whole(s)})


def _reached(key: int, pairs: set[tuple[int, int]]) -> set[int]:
    found, new = set(), {key}
    while new := {end for start, end in pairs if start in new} - found:
        found |= new
    return found


def _is_whole(step: Succession) -> bool:
    return step.kind != Succession.Kind.TOOK_OVER


def _box_of(key: int, body: Organisation, on: str):
    """The box of a body; of the one whose page it is, that of its name at the time."""
    if key != body.pk:
        return key
    later = [n for n, name in enumerate(body.called) if is_before(on, name["until"])]
    return (key, later[0] if later else len(body.called))


def _years(since: str, until: str) -> str:
    since, until = since[:4], until[:4]
    if since and until:
        return since if since == until else f"{since} to {until}"
    if since:
        return f"since {since}"
    return f"until {until}" if until else ""
