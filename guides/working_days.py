"""Days on which public bodies work: neither weekends nor public holidays. Pure.

The holidays, with the substitute days of those that fall on a weekend, come from the
library `holidays`. It follows the Banking and Financial Dealings Act 1971 and what was
proclaimed since; a holiday proclaimed after its release is missing.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache, lru_cache

from django.db.models import TextChoices

ONE_DAY = timedelta(days=1)
DAYS_A_WEEK = 5  # on which people work


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


def last_known_year() -> int:
    """The last year whose holidays the library knows."""
    return _calendar().end_year


def are_holidays_known(day: date) -> bool:
    """Whether the library knows the holidays of that year."""
    return day.year <= last_known_year()


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


@cache
def _calendar() -> type:
    # Its library loads 280 modules, one for each country: the first plan of a process
    # waits for them, and its start does not.
    from holidays import UnitedKingdom

    return UnitedKingdom


@lru_cache(64)
def _holidays(place: str, year: int) -> dict[date, str]:
    if year > last_known_year():
        return {}
    given = {"subdiv": CALLED[Place(place)], "years": year, "language": "en_GB"}
    return dict(_calendar()(**given))
