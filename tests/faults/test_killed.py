"""Processes that are killed while people post: nothing is lost, nothing is doubled."""

import random
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.faults.deployment import until, worst
from tests.faults.posting import check, during, post, post_all, post_until, shown

SEEDS = range(1, 6)
PAUSE = 5  # seconds
HEALED = 5  # seconds until all is well again; granian needs up to 3.4 for a worker


@pytest.mark.parametrize("seed", SEEDS)
def test_comments_survive_killed_workers_and_a_database_that_restarts(
    site, whole, told, at_most, seed
):
    if seed > 1 and not whole:
        pytest.skip("One seed in the short run; --whole runs all five.")
    number, kills, restarts = (300, 20, 2) if whole else (60, 6, 2)
    chance, healed, respawned = random.Random(seed), [], []

    def fault(goes_on):
        for turn in range(kills):
            time.sleep(chance.uniform(0.1, 0.5))
            site.kill_a_worker(chance)
            if turn == kills // 3:
                site.restart_database(signal.SIGINT)
                healed.append(site.wait_until_ready())
            if turn == 2 * kills // 3 and restarts > 1:
                site.restart_database(signal.SIGQUIT)
                healed.append(site.wait_until_ready())
        respawned.append(site.wait_until_whole())

    posted = during(lambda: post_all(site, range(1, number + 1), retries=6), fault)

    found = check(site, posted)
    assert shown(site) == len(site.ask("SELECT 1 FROM discussions_comment"))
    assert sum(each.is_acknowledged for each in posted) >= 0.9 * number
    assert max(*healed, *respawned) <= at_most(HEALED)
    done = f"kill -9 of {kills} web workers, PostgreSQL restarted fast and immediately"
    found += f"; ready after a restart of the database in {worst(healed)}"
    found += f", with both workers after the last kill in {worst(respawned)}"
    told("F1", f"{done}, seed {seed}", found)


def test_behind_nginx_a_killed_worker_costs_nobody_their_words(
    site, whole, told, chance, proxy, at_most
):
    number, kills = (300, 20) if whole else (60, 6)
    respawned = []

    def fault(goes_on):
        for _ in range(kills):
            time.sleep(chance.uniform(0.1, 0.5))
            site.kill_a_worker(chance)
        respawned.append(site.wait_until_whole())

    people = range(1, number + 1)
    posted = during(
        lambda: post_all(site, people, retries=6, address=proxy.address), fault
    )

    found = check(site, posted)
    assert all(each.is_acknowledged for each in posted), found
    assert max(respawned) <= at_most(HEALED)
    found += f"; with both workers after the last kill in {worst(respawned)}"
    told("F1", f"kill -9 of {kills} web workers behind nginx", found)


def test_a_new_release_drops_nobody(site, whole, told):
    turns, over = 10 if whole else 1, threading.Event()

    def fault(goes_on):
        for _ in range(turns):
            before = set(site.workers())
            site.web.send_signal(signal.SIGHUP)
            until(lambda old=before: site.workers() and not old & set(site.workers()))
            time.sleep(PAUSE)  # the last of them may still be coming up
        over.set()

    posted = during(lambda: post_until(site, over.is_set), fault)

    found = check(site, posted)
    assert all(each.is_acknowledged for each in posted), found
    told("F2", f"web workers renewed by SIGHUP, {turns} times", found)


def test_who_is_being_answered_when_the_site_stops_is_answered(site, told):
    first = post(site, 1, "A question.")
    thread = site.ask("SELECT id FROM discussions_thread")[0]["id"]
    path = f"/guides/{site.slug}/discussion/{thread}/reply/"
    browser = site.member(2)
    typed = browser.get(path).hidden | {"body": "An answer."}
    with (
        site.locked(
            "SELECT 1 FROM discussions_thread WHERE id = %s FOR UPDATE", thread
        ),
        ThreadPoolExecutor(1) as one,
    ):
        answer = one.submit(browser.post, path, typed)
        until(site.has_somebody_waiting)
        site.stop()
        answer = answer.result()

    assert first.is_acknowledged
    assert (answer.status, "An answer." in answer.text) == (503, True)
    told("F2", "SIGTERM while somebody waits for an answer", "answered, then stopped")
