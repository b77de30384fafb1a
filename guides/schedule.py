"""In which order the steps of a pathway come, and on which days. Pure.

A step has a `box` (a time box) and its `number`, and says with `reading` how many
minutes of it are for a guide.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import TextChoices

from guides.working_days import (
    DAYS_A_WEEK,
    are_holidays_known,
    holiday_on,
    working_day_before,
    working_days,
)

MOST_READING = 60  # minutes a day that people take in


class TimeBox(TextChoices):
    """When a step is due, counted from the first day. Days and weeks are those on
    which people work: a week has five days."""

    BEFORE = "before", "Before you arrive"
    SITTING = "sitting", "In one go"
    DAY = "day", "Day"
    WEEK = "week", "Week"


@dataclass(frozen=True)
class Stretch:
    """The steps of one time box, in order."""

    box: str
    number: int
    steps: list[Any] = field(default_factory=list)

    @property
    def name(self) -> str:
        """In the words readers see: "Day 3"."""
        label = TimeBox(self.box).label
        return f"{label} {self.number}" if self.number else label

    @property
    def anchor(self) -> str:
        """Its name in an address."""
        return f"{self.box}-{self.number}" if self.number else self.box

    @property
    def first_day(self) -> int:
        """The working day on which it begins, counted from 1; 0 before the first."""
        if self.box == TimeBox.WEEK:
            return (self.number - 1) * DAYS_A_WEEK + 1
        return 0 if self.box == TimeBox.BEFORE else max(self.number, 1)


@dataclass(frozen=True)
class Day:
    """The steps that a plan has on one day, or by that day."""

    on: date
    names: list[str]  # of their time boxes
    is_by: bool  # before somebody arrives they are free to choose the day
    steps: list[Any] = field(default_factory=list)

    @property
    def reading(self) -> int:
        """Minutes of guides on this day."""
        return sum(step.reading for step in self.steps)

    @property
    def is_heavy(self) -> bool:
        """Whether that is more than people take in."""
        return self.reading > MOST_READING

    @property
    def to_move(self) -> list[Any]:
        """The guides to put on another day, so that the rest fits; none when there is
        but one, which then needs two sittings."""
        guides = sorted((s for s in self.steps if s.reading), key=lambda s: s.reading)
        over, found = self.reading - MOST_READING, []
        while over > 0 and len(guides) > 1:
            enough = (guide for guide in guides if guide.reading >= over)
            found.append(next(enough, guides[-1]))
            guides.remove(found[-1])
            over -= found[-1].reading
        return found


def stretches(steps: Iterable[Any]) -> list[Stretch]:
    """The time boxes of a pathway in the order in which they come."""
    found: dict[tuple, Stretch] = {}
    for step in steps:
        key = step.box, step.number
        found.setdefault(key, Stretch(*key)).steps.append(step)
    # A week says less than a day on which it begins, so it comes after it.
    order = list(TimeBox)
    return sorted(
        found.values(), key=lambda s: (s.first_day, order.index(TimeBox(s.box)))
    )


def days(steps: Iterable[Any], starts_on: date, place: str) -> list[Day]:
    """The days of a plan: the steps of a week are spread over its working days."""
    boxes = stretches(steps)
    numbered = [pair for box in boxes for pair in _numbered(box)]
    last = max((number for number, _, _ in numbered), default=1)
    dates = list(islice(working_days(starts_on, place), max(last, 1)))
    found: dict[int, Day] = {}
    for number, name, step in numbered:
        is_by = number == 0
        on = working_day_before(dates[0], place) if is_by else dates[number - 1]
        day = found.setdefault(number, Day(on, [], is_by))
        day.steps.append(step)
        if name not in day.names:
            day.names.append(name)
    return [found[number] for number in sorted(found)]


def first_working_day(starts_on: date, place: str) -> date:
    """The day on which a plan begins in earnest."""
    return next(working_days(starts_on, place))


def why_later(starts_on: date, place: str) -> str:
    """Why day 1 comes after the day somebody named; "" when it does not."""
    if starts_on == first_working_day(starts_on, place):
        return ""
    if name := holiday_on(starts_on, place):
        return f"a public holiday there: {name}"
    return "a weekend"


def lacks_holidays(planned: Sequence[Day]) -> bool:
    """Whether a plan reaches into years whose holidays nobody knows yet."""
    return bool(planned) and not are_holidays_known(planned[-1].on)


def _numbered(box: Stretch) -> list[tuple[int, str, Any]]:
    """Each step with the working day on which it is due."""
    spread = DAYS_A_WEEK if box.box == TimeBox.WEEK else 1
    return [
        (box.first_day + place * spread // len(box.steps), box.name, step)
        for place, step in enumerate(box.steps)
    ]
