"""On which days the steps of a plan fall."""

from dataclasses import dataclass
from datetime import date

from guides.schedule import days, lacks_holidays, stretches, why_later
from guides.working_days import Place, last_known_year

ENGLAND = Place.ENGLAND_AND_WALES
MONDAY = date(2027, 1, 4)


@dataclass(frozen=True)
class Step:
    """As much of a step as a schedule asks for."""

    box: str
    number: int = 0
    reading: int = 0

    @property
    def length(self) -> int:
        return self.reading or 10


def test_time_boxes_come_in_the_order_of_the_calendar():
    steps = [Step("week", 2), Step("day", 10), Step("day", 2), Step("before")]

    names = [box.name for box in stretches(steps)]

    assert names == ["Before you arrive", "Day 2", "Week 2", "Day 10"]


def test_what_comes_before_is_due_on_the_last_working_day():
    (day,) = days([Step("before")], MONDAY, ENGLAND)

    assert day.is_by
    assert day.on == date(2026, 12, 31)  # before New Year and a weekend


def test_days_are_counted_without_weekends():
    found = days([Step("day", 5), Step("day", 6)], MONDAY, ENGLAND)

    assert [day.on for day in found] == [date(2027, 1, 8), date(2027, 1, 11)]


def test_the_steps_of_a_week_are_spread_over_its_days():
    found = days([Step("week", 1)] * 3 + [Step("week", 2)] * 7, MONDAY, ENGLAND)

    assert [day.on.day for day in found] == [4, 5, 7, 11, 12, 13, 14, 15]
    assert [len(day.steps) for day in found] == [1, 1, 1, 2, 1, 2, 1, 1]


def test_a_day_and_a_week_that_meet_are_one_day():
    (day,) = days([Step("week", 1, 40), Step("day", 1, 30)], MONDAY, ENGLAND)

    assert day.names == ["Day 1", "Week 1"]
    assert day.reading == 70 and day.is_heavy


def test_an_hour_of_reading_is_not_too_much():
    (day,) = days([Step("day", 1, 40), Step("day", 1, 20)], MONDAY, ENGLAND)

    assert not day.is_heavy
    assert day.to_move == []


def test_a_heavy_day_says_which_guide_to_move():
    steps = [Step("day", 1, minutes) for minutes in (30, 9, 25)]
    (day,) = days(steps, MONDAY, ENGLAND)

    assert [step.reading for step in day.to_move] == [9]  # the shortest that is enough


def test_a_very_heavy_day_says_to_move_several():
    steps = [Step("day", 1, minutes) for minutes in (50, 50, 50)]
    (day,) = days(steps, MONDAY, ENGLAND)

    assert len(day.to_move) == 2


def test_one_long_guide_cannot_be_moved_away():
    (day,) = days([Step("day", 1, 75)], MONDAY, ENGLAND)

    assert day.is_heavy
    assert day.to_move == []


def test_somebody_who_starts_on_a_free_day_hears_why_it_is_later():
    assert why_later(MONDAY, ENGLAND) == ""
    assert "New Year Holiday (substitute day)" in why_later(MONDAY, Place.SCOTLAND)
    assert why_later(date(2027, 1, 3), ENGLAND) == "a weekend"


def test_a_plan_says_when_it_leaves_the_known_years():
    last = date(last_known_year(), 12, 30)

    assert lacks_holidays(days([Step("day", 10)], last, ENGLAND))
    assert not lacks_holidays(days([Step("day", 1)], last, ENGLAND))
    assert not lacks_holidays([])
