"""The days on which people work, in each part of the United Kingdom."""

from datetime import date, timedelta
from itertools import islice

import pytest
import yaml
from django.conf import settings

from guides.working_days import (
    Place,
    are_holidays_known,
    holiday_on,
    is_working_day,
    last_known_year,
    working_day_before,
    working_days,
)

ENGLAND, SCOTLAND, NORTH = Place.ENGLAND_AND_WALES, Place.SCOTLAND, "northern-ireland"


def free(place: str, first: date, last: date) -> dict[date, str]:
    """The weekdays between two days on which nobody works, with the reason."""
    days = (first + timedelta(n) for n in range((last - first).days + 1))
    found = {day: holiday_on(day, place) for day in days if day.weekday() < 5}
    return {day: name for day, name in found.items() if name}


@pytest.mark.parametrize("place", Place)
def test_boxing_day_on_a_saturday_frees_the_monday(place):
    around = free(place, date(2026, 12, 24), date(2026, 12, 31))

    assert [*around] == [date(2026, 12, 25), date(2026, 12, 28)]
    assert around[date(2026, 12, 28)] == "Boxing Day (substitute day)"


def test_a_new_year_in_scotland_is_one_day_longer():
    first, last = date(2027, 1, 1), date(2027, 1, 8)

    assert [*free(ENGLAND, first, last)] == [date(2027, 1, 1)]
    assert [*free(SCOTLAND, first, last)] == [date(2027, 1, 1), date(2027, 1, 4)]


def test_each_nation_has_days_of_its_own():
    saint_andrew = date(2026, 11, 30)
    assert holiday_on(saint_andrew, SCOTLAND) == "Saint Andrew's Day"
    assert is_working_day(saint_andrew, ENGLAND)

    saint_patrick, twelfth = date(2027, 3, 17), date(2027, 7, 12)
    assert not is_working_day(saint_patrick, NORTH)
    assert not is_working_day(twelfth, NORTH)
    assert is_working_day(saint_patrick, SCOTLAND) and is_working_day(twelfth, ENGLAND)

    easter_monday = date(2027, 3, 29)
    assert is_working_day(easter_monday, SCOTLAND)
    assert not is_working_day(easter_monday, ENGLAND)


def test_working_days_skip_weekends_and_holidays():
    found = list(islice(working_days(date(2026, 12, 24), SCOTLAND), 5))

    assert found == [date(2026, 12, day) for day in (24, 29, 30, 31)] + [
        date(2027, 1, 5)
    ]
    assert working_day_before(date(2027, 1, 5), SCOTLAND) == date(2026, 12, 31)


def test_years_that_nobody_knows_yet_are_told_apart():
    assert are_holidays_known(date(last_known_year(), 12, 31))
    assert not are_holidays_known(date(last_known_year() + 1, 1, 1))
    assert holiday_on(date(last_known_year() + 1, 12, 25), ENGLAND) == ""


def test_each_place_is_a_jurisdiction():
    rows = yaml.safe_load(
        (settings.BASE_DIR / "content/jurisdictions.yaml").read_text()
    )

    assert set(Place.values) <= {row["slug"] for row in rows}
