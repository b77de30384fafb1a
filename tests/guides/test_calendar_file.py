"""The file for calendars, read by a parser that is not ours."""

from datetime import UTC, date, datetime, timedelta

import icalendar
from hypothesis import given
from hypothesis import strategies as st

from guides.calendar_file import Event, calendar_file

NOW = datetime(2026, 11, 27, 1, 2, 3, tzinfo=UTC)
DAY = date(2027, 1, 4)


def read(*events: Event) -> list[icalendar.Event]:
    """The events that a calendar would take in."""
    file = calendar_file("My plan", events, NOW)
    calendar = icalendar.Calendar.from_ical(file)
    assert str(calendar["X-WR-CALNAME"]) == "My plan"
    assert not calendar.errors
    return list(calendar.walk("VEVENT"))


def event(**given) -> Event:
    words = {"uid": "a-1@handover.example", "on": DAY, "summary": "Read: A guide"}
    words |= {"description": "Why.", "url": "https://handover.example/guides/a/"}
    return Event(**words | given)


def test_a_step_is_an_event_of_a_whole_day_that_leaves_it_free():
    (found,) = read(event())

    assert found.start == DAY and type(found["DTSTART"].dt) is date
    assert found["DTEND"].dt == DAY + timedelta(days=1)
    assert found["TRANSP"] == "TRANSPARENT"
    assert found["DTSTAMP"].dt == NOW
    assert found["UID"] == "a-1@handover.example"
    assert found["URL"] == "https://handover.example/guides/a/"
    assert not found.errors


def test_a_later_file_moves_what_an_earlier_one_brought():
    files = [
        calendar_file("My plan", [event()], NOW + timedelta(minutes=minutes))
        for minutes in (0, 1)
    ]

    calendars = [icalendar.Calendar.from_ical(file) for file in files]

    numbers = [calendar.events[0]["SEQUENCE"] for calendar in calendars]
    assert numbers == sorted(set(numbers))
    assert max(numbers) < 2**31  # what calendars keep it in


def test_marks_and_lines_come_through():
    words = "One; two, three\\four\nand “five” – €6"

    (found,) = read(event(summary=words, description=words))

    assert str(found["SUMMARY"]) == words
    assert str(found["DESCRIPTION"]) == words


def test_lines_are_folded_and_end_as_the_rule_says():
    file = calendar_file("Plan", [event(description="Straße " * 40)], NOW)

    assert file.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in file.replace(b"\r\n", b"")
    lines = file.split(b"\r\n")
    assert max(map(len, lines)) == 75
    for line in lines:
        line.decode()  # no letter is cut in two


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1))
def test_any_words_come_through(words):
    (found,) = read(event(summary=f"a{words}"))

    assert str(found["SUMMARY"]) == f"a{words}"


def test_letters_that_no_calendar_reads_are_left_out():
    (found,) = read(event(summary="a\x00b\rc\x1fd"))

    assert str(found["SUMMARY"]) == "abcd"


def test_a_plan_without_steps_is_an_empty_calendar():
    assert read() == []
