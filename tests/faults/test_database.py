"""A database that is away, full, slow or locked: nobody waits long or loses words."""

import signal
import time

import psycopg
import pytest

from tests.faults.deployment import timed, until, worst
from tests.faults.posting import check, during, post, post_all

# Seconds: until all is well again, and until an answer while the database is away,
# takes nobody more, or has locked a row.
HEALED, AWAY_FOR, FULL_FOR, LOCKED_FOR = 5, 3, 5, 10
HELD = 60  # seconds for which a row is held in the long run
AWAY = {"fast": signal.SIGINT, "immediate": signal.SIGQUIT}


@pytest.mark.parametrize("how", AWAY)
def test_a_database_that_restarts_costs_no_comment(site, whole, told, at_most, how):
    number, turns = (200, 5) if whole else (60, 1)
    healed = []

    def fault(goes_on):
        for _ in range(turns):
            time.sleep(1)
            site.restart_database(AWAY[how])
            healed.append(site.wait_until_ready())

    posted = during(lambda: post_all(site, range(1, number + 1)), fault)

    found = check(site, posted)
    assert sum(each.is_acknowledged for each in posted) >= 0.9 * number
    assert max(healed) <= at_most(HEALED)
    done = f"PostgreSQL restarted ({how}) {turns} times among posts"
    told("F4", done, f"{found}; healed in {worst(healed)}")


def test_while_the_database_is_away_words_come_back_and_no_page_hangs(
    site, whole, told, at_most
):
    writer, path = site.member(1), f"/guides/{site.slug}/discussion/new/"
    typed = writer.get(path).hidden | {"kind": "question", "body": "Will it be there?"}
    took = [0.0, 0.0]

    with site.without_database():
        began = time.monotonic()
        answer, took[0] = timed(writer.post, path, typed)
        page, took[1] = timed(site.reader().get, f"/guides/{site.slug}/")
        while whole and time.monotonic() - began < 10:
            took.append(timed(site.reader().get, "/")[1])
    healed = site.wait_until_ready()

    assert (answer.status, page.status) == (503, 503)
    assert int(answer.headers["Retry-After"]) > 0
    assert "Will it be there?" in answer.text
    again = writer.post(path, answer.hidden | {"body": "Will it be there?"})
    assert again.is_taken
    assert len(site.ask("SELECT 1 FROM discussions_comment")) == 1
    assert max(took) < at_most(AWAY_FOR)
    assert healed <= at_most(HEALED)
    found = f"503 in {worst(took)}, words given back and sent again; healed in "
    told("F4", "PostgreSQL stopped", f"{found}{healed:.2f} s")


def test_when_others_use_up_all_connections_the_site_says_so_and_recovers(
    site, told, at_most
):
    before = site.ask("SELECT 1 FROM pg_stat_activity")
    hoard = []
    site.stop()  # so that it holds none of its own
    site.start()
    with pytest.raises(psycopg.OperationalError):
        while True:
            hoard.append(psycopg.connect(site.database.url))
    asked = [timed(site.reader().get, f"/guides/{site.slug}/") for _ in range(8)]
    answers, took = zip(*asked, strict=True)
    for connection in hoard:
        connection.close()
    healed = site.wait_until_ready()

    assert {answer.status for answer in answers} <= {200, 503}
    assert 503 in {answer.status for answer in answers}
    until(lambda: len(site.ask("SELECT 1 FROM pg_stat_activity")) <= len(before) + 8)
    assert max(took) < at_most(FULL_FOR)
    assert healed <= at_most(HEALED)
    done = f"{len(hoard)} connections held by others"
    found = f"8 answers, each in {worst(took)}, none 500; healed in {healed:.2f} s"
    told("F5", done, found)


def test_a_row_that_somebody_holds_is_waited_for_not_for_long(
    site, whole, told, at_most
):
    post(site, 1, "A question.")
    thread = site.ask("SELECT id FROM discussions_thread")[0]["id"]
    path = f"/guides/{site.slug}/discussion/{thread}/reply/"
    browser = site.member(2)
    typed = browser.get(path).hidden | {"body": "An answer."}

    with site.locked(
        "SELECT 1 FROM discussions_thread WHERE id = %s FOR UPDATE", thread
    ):
        began, asked = time.monotonic(), []
        while not asked or (whole and time.monotonic() - began < HELD):
            asked.append(timed(browser.post, path, typed))
    answers, took = zip(*asked, strict=True)

    assert {answer.status for answer in answers} == {503}
    assert all("An answer." in answer.text for answer in answers)
    assert max(took) <= at_most(LOCKED_FOR)
    assert len(site.ask("SELECT 1 FROM discussions_comment")) == 1
    assert browser.post(path, typed).is_taken
    found = f"{len(took)} answers, 503 with words, in {worst(took)}"
    told("F6", "a thread's row held by somebody", found)
