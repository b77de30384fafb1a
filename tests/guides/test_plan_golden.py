"""Whole plans of three people, compared with the files beside this one.

    PLANS=write uv run pytest -n0 tests/guides/test_plan_golden.py

writes the files anew; read what changed in them.
"""

import os
from pathlib import Path

import pytest
import time_machine

from tests.guides.pathways import starter_pathways
from tests.pages import send_from_page, visit

GOLDEN = Path(__file__).parent / "golden"
PEOPLE = {
    "delivery-manager-in-a-department": {
        "tier": "central-department",
        "profession": "delivery-manager",
        "starts_on": "2027-01-04",  # a Monday after New Year
        "place": "england-and-wales",
    },
    "user-researcher-in-the-nhs": {
        "tier": "nhs",
        "profession": "user-researcher",
        "starts_on": "2026-12-24",  # a Thursday before Christmas and Hogmanay
        "place": "scotland",
    },
    "developer-in-a-council": {
        "tier": "local",
        "profession": "developer",
        "starts_on": "2027-03-12",  # a Friday before Saint Patrick's Day and Easter
        "place": "northern-ireland",
    },
}


def plan_of(reader, typed: dict) -> tuple[str, str]:
    """The plan's page as lines of text, and its file for calendars."""
    start = send_from_page(reader, "/pathways/", typed)
    address = send_from_page(reader, start.url, typed).url
    page = visit(reader, address)
    lines = [page.h1.get_text()]
    for day in page.select(".entry__text section"):
        about = " · ".join(
            span.get_text() for span in day.select_one("p").select("span")
        )
        lines += ["", f"{day.h2.get_text()} · {about}"]
        lines += [f"- {name.get_text()}" for name in day.select(".step__name")]
        lines += [f"! {notice.get_text()}" for notice in day.select(".notice")]
    file = reader.get(f"{address}plan.ics").content.decode()
    dates = [line for line in file.split("\r\n") if line.startswith("DTSTART")]
    return "\n".join(lines) + "\n", "\n".join(dates)


@pytest.mark.parametrize("name", PEOPLE)
def test_the_whole_plan_is_as_it_was_found_right(reader, name):
    starter_pathways(minutes=9)

    with time_machine.travel("2026-11-27T09:00:00Z", tick=False):
        told, dates = plan_of(reader, PEOPLE[name])

    golden = GOLDEN / f"{name}.txt"
    if os.environ.get("PLANS") == "write":
        golden.write_text(told)
    assert told == golden.read_text()
    assert len(dates.splitlines()) == told.count("\n- ")
