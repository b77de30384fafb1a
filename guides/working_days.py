"""Days on which public bodies work: neither weekends nor public holidays. Pure.

The holidays, with the substitute days of those that fall on a weekend, come from the
library `holidays`. It follows the Banking and Financial Dealings Act 1971 and what was
proclaimed since; a holiday proclaimed after its release is missing.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

import holidays
from django.db.models import TextChoices

ONE_DAY = timedelta(days=1)
DAYS_A_WEEK = 5  # on which people work
LAST_KNOWN_YEAR = holidays.UnitedKingdom.end_year


class Place(TextChoices):
    """A part of the United Kingdom with holidays of its own. The values are slugs of
    jurisdictions."""

    ENGLAND_AND_WALES = "england-and-wales", "England or Wales"
    SCOTLAND = "scotland", "Scotland"
    NORTHERN_IRELAND = "northern-ireland", "Northern Ireland"


CALLED = {  # by the library
    Place.ENGLAND_AND_WALES: "ENG",  # the same as in Wales
    Place.SCOTLAND: "SCT",
    Place.NORTHERN_IRELAND: "NIR",
}


def are_holidays_known(day: date) -> bool:
    """Whether the library knows the holidays of that year."""
    return day.year <= LAST_KNOWN_YEAR


def holiday_on(day: date, place: str) -> str:
    """The name of the public holiday on a day; "" when there is none."""
    name = _holidays(place, day.year).get(day, "")
    return name.replace("(observed)", "(substitute day)")


def is_working_day(day: date, place: str) -> bool:
    """Whether public bodies there work on that day."""
    return day.weekday() < DAYS_A_WEEK and not holiday_on(day, place)


def working_days(first: date, place: str) -> Iterator[date]:
    """The working days from a day on, that day too if it is one."""
    day = first
    while True:
        if is_working_day(day, place):
            yield day
        day += ONE_DAY


def working_day_before(day: date, place: str) -> date:
    """The last working day before a day."""
    day -= ONE_DAY
    while not is_working_day(day, place):
        day -= ONE_DAY
    return day


@lru_cache(64)
def _holidays(place: str, year: int) -> dict[date, str]:
    if year > LAST_KNOWN_YEAR:
        return {}
    given = {"subdiv": CALLED[Place(place)], "years": year, "language": "en_GB"}
    return dict(holidays.UnitedKingdom(**given))
