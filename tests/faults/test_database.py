"""A database that is away, full, slow or locked: nobody waits long or loses words."""

import signal
import time

import psycopg
import pytest

from tests.faults.deployment import until
from tests.faults.posting import check, during, post, post_all
from tests.faults.test_killed import worst

LONGEST = 10  # seconds until an answer while a row is locked; twice that fails
AWAY = {"fast": signal.SIGINT, "immediate": signal.SIGQUIT}


@pytest.mark.parametrize("how", AWAY)
def test_a_database_that_restarts_costs_no_comment(site, whole, told, how):
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
    done = f"PostgreSQL restarted ({how}) {turns} times among posts"
    told("F4", done, f"{found}; healed in {worst(healed)}")


def test_while_the_database_is_away_words_come_back_and_no_page_hangs(
    site, whole, told
):
    writer, path = site.member(1), f"/guides/{site.slug}/discussion/new/"
    typed = writer.get(path).hidden | {"kind": "question", "body": "Will it be there?"}
    took = []

    def timed(ask, *given):
        began = time.monotonic()
        answer = ask(*given)
        took.append(time.monotonic() - began)
        return answer

    with site.without_database():
        began = time.monotonic()
        answer = timed(writer.post, path, typed)
        page = timed(site.reader().get, f"/guides/{site.slug}/")
        while whole and time.monotonic() - began < 10:
            timed(site.reader().get, "/")
    healed = site.wait_until_ready()

    assert (answer.status, page.status) == (503, 503)
    assert int(answer.headers["Retry-After"]) > 0
    assert "Will it be there?" in answer.text
    again = writer.post(path, answer.hidden | {"body": "Will it be there?"})
    assert again.is_taken
    assert len(site.ask("SELECT 1 FROM discussions_comment")) == 1
    found = f"503 in {worst(took)}, words given back and sent again; healed in "
    told("F4", "PostgreSQL stopped", f"{found}{healed:.2f} s")


def test_when_others_use_up_all_connections_the_site_says_so_and_recovers(site, told):
    before = site.ask("SELECT 1 FROM pg_stat_activity")
    hoard = []
    site.stop()  # so that it holds none of its own
    site.start()
    with pytest.raises(psycopg.OperationalError):
        while True:
            hoard.append(psycopg.connect(site.database.url))
    began = time.monotonic()
    answers = [site.reader().get(f"/guides/{site.slug}/") for _ in range(8)]
    took = time.monotonic() - began
    for connection in hoard:
        connection.close()
    healed = site.wait_until_ready()

    assert {answer.status for answer in answers} <= {200, 503}
    assert 503 in {answer.status for answer in answers}
    until(lambda: len(site.ask("SELECT 1 FROM pg_stat_activity")) <= len(before) + 8)
    done = f"{len(hoard)} connections held by others"
    told("F5", done, f"8 answers in {took:.2f} s, none 500; healed in {healed:.2f} s")


def test_a_row_that_somebody_holds_is_waited_for_not_for_long(site, told):
    post(site, 1, "A question.")
    thread = site.ask("SELECT id FROM discussions_thread")[0]["id"]
    path = f"/guides/{site.slug}/discussion/{thread}/reply/"
    browser = site.member(2)
    typed = browser.get(path).hidden | {"body": "An answer."}

    with site.locked(
        "SELECT 1 FROM discussions_thread WHERE id = %s FOR UPDATE", thread
    ):
        began = time.monotonic()
        answer = browser.post(path, typed)
        took = time.monotonic() - began

    assert answer.status == 503
    assert "An answer." in answer.text
    assert took < 2 * LONGEST
    assert len(site.ask("SELECT 1 FROM discussions_comment")) == 1
    assert browser.post(path, typed).is_taken
    told("F6", "a thread's row held by somebody", f"503 with words in {took:.2f} s")
