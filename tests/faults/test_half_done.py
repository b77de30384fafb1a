"""Long commands that are killed half way come to the same end when they run again."""

import random
import subprocess
import sys
import time

import pytest

from hub import children
from tests.faults.deployment import LEAVERS, PROJECT

KINDS = ["guides_guide", "guides_topic", "hub_page", "landscape_organisation"]
LEAVE = "from hub.tidying import delete_leavers; delete_leavers(timestamp=0)"  # the job


def counts(site) -> dict[str, int]:
    """How many rows there are of each kind that the starter content has."""
    return {
        kind: site.ask(f"SELECT count(*) AS n FROM {kind}")[0]["n"] for kind in KINDS
    }


def kill_after(site, seconds: float, *words: str) -> None:
    """Run a command of the site, and kill -9 it after so long."""
    process = children.start(
        [sys.executable, "manage.py", *words],
        cwd=PROJECT,
        env=site.settings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(seconds)
    process.kill()
    process.wait()


def test_the_starter_content_is_loaded_once_however_often_it_is_cut_short(
    site, whole, told, chance
):
    kills = 10 if whole else 3
    for _ in range(kills):
        kill_after(site, chance.uniform(1, 3), "seed")
    site.manage("seed")
    once = counts(site)
    site.manage("seed")

    assert counts(site) == once
    assert once["guides_guide"] > 2
    assert site.reader().get("/").status == 200
    told("F14", f"`seed` killed {kills} times, then run twice", "the same rows")


def test_who_leaves_is_gone_when_the_night_is_cut_short(site, whole, told):
    kills, chance = 5 if whole else 2, random.Random(1)
    site.ask(
        "UPDATE accounts_user SET deletes_at = now() - interval '1 day' "
        "WHERE id IN (SELECT id FROM accounts_user WHERE email LIKE 'person%%' "
        "ORDER BY id DESC LIMIT %s)",
        LEAVERS,
    )
    leaving = "SELECT 1 FROM accounts_user WHERE deletes_at < now()"
    assert len(site.ask(leaving)) == LEAVERS
    left = []
    for _ in range(kills):
        kill_after(site, chance.uniform(1.2, 2.2), "shell", "-c", LEAVE)
        left.append(len(site.ask(leaving)))
    site.manage("shell", "-c", LEAVE)

    assert site.ask(leaving) == []
    assert site.ask("SELECT 1 FROM account_emailaddress WHERE user_id IS NULL") == []
    found = f"{left} were left after each kill, none at the end"
    told("F14", f"the deletion of {LEAVERS} leavers killed {kills} times", found)


@pytest.mark.parametrize("missing", ["img/favicon.svg", "css/base.css"])
def test_a_missing_file_is_told_before_anybody_reads_a_page(site, told, missing):
    whole = site.folder / "static"
    manifest = whole / "staticfiles.json"
    text = manifest.read_text()
    manifest.write_text(text.replace(f'"{missing}"', '"something else"'))
    try:
        told_by = site.examine()
    finally:
        manifest.write_text(text)

    assert missing in told_by
    told(
        "F18", f"{missing} is not in the manifest", "`doctor` names it, and ends with 1"
    )
