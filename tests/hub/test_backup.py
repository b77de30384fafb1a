"""`manage.py backup`: the whole site in one file, or no file."""

import json
import signal
import sys
import tarfile
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import psycopg
import pytest

from hub.backup_file import reading, writing
from hub.postgres_tools import ToolTrouble, find_tool
from tests.scratch import LONG, kill

JOBS = """
SELECT count(*), count(*) FILTER (WHERE task_name = 'hub.mail.send_mail')
FROM procrastinate_jobs
"""
PG_DUMP_WAITS = """EXISTS (
    SELECT FROM pg_stat_activity
    WHERE application_name = 'pg_dump' AND wait_event_type = 'Lock'
        AND datname = current_database()
)"""


def test_a_backup_is_one_file_for_its_owner_only(backup):
    assert backup.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in backup.parent.iterdir()] == ["site.backup"]


def test_its_manifest_says_what_is_in_it(site, backup):
    with tarfile.open(backup) as tar:
        manifest = json.load(tar.extractfile("manifest.json"))
        dump = tar.extractfile("database.dump").read()

    assert manifest["format"] == 1
    assert manifest["counts"]["guides_guide"] == 5
    assert manifest["counts"]["discussions_comment"] == 10
    assert manifest["counts"]["hub_storedfile"] > 0
    assert manifest["migrations"]["hub"].startswith("00")
    assert manifest["parts"]["database.dump"] == {
        "bytes": len(dump),
        "sha256": sha256(dump).hexdigest(),
    }


def test_sign_in_codes_in_waiting_mails_are_not_in_it(site, backup):
    [(jobs, mails)] = site.ask(JOBS)

    assert mails == 1
    with reading(backup) as read:
        assert read.manifest["left_out"] == jobs


def test_an_older_backup_is_never_overwritten(site, backup):
    before = backup.read_bytes()

    line = site.trouble("backup", backup)

    assert line == f"{backup} is there already: choose another name."
    assert backup.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "words"), [("no/folder", "No such file"), ("/proc/site", "No such file")]
)
def test_a_place_that_cannot_be_written_is_said(site, tmp_path, name, words):
    line = site.trouble("backup", tmp_path / name)

    assert "cannot be written" in line
    assert words in line


def test_a_database_that_does_not_answer_is_said_and_leaves_no_file(site, tmp_path):
    line = site.trouble(
        "backup", tmp_path / "new", DATABASE_URL="postgresql://me@127.0.0.1:1/none"
    )

    assert line.startswith("The database cannot be read: ")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_password_is_on_no_command_line(site, tmp_path):
    with psycopg.connect(site.url) as other:
        other.execute("LOCK procrastinate_workers")
        url = site.url.replace("postgres@", "postgres:very-secret@")
        process = site.start("backup", tmp_path / "new", DATABASE_URL=url)
        site.wait_for(PG_DUMP_WAITS, process)
        seen = command_lines()

    process.communicate(timeout=LONG)
    assert process.returncode == 0
    assert any(b"pg_dump" in line for line in seen)
    assert not any(b"very-secret" in line for line in seen)


def test_a_kill_leaves_nothing_that_looks_whole(site, empty, tmp_path):
    file, part = tmp_path / "site.backup", tmp_path / "site.backup.part"
    with psycopg.connect(site.url) as other:
        other.execute("LOCK procrastinate_workers")
        process = site.start("backup", file)
        site.wait_for(PG_DUMP_WAITS, process)
        kill(process)

    assert process.returncode == -signal.SIGKILL
    assert not file.exists()
    assert "cut short" in empty.trouble("restore", part)
    site.run("backup", file)
    assert list(tmp_path.iterdir()) == [file]
    with reading(file) as read:
        read.check()


def test_two_backups_do_not_write_the_same_file(site, tmp_path):
    with writing(tmp_path / "new"):
        line = site.trouble("backup", tmp_path / "new")

    assert line == f"{tmp_path}/new.part is being written by another backup."


def test_programs_of_another_version_are_not_used():
    with pytest.raises(ToolTrouble, match="apt install postgresql-client-99"):
        find_tool("pg_dump", 99)


def command_lines() -> list[bytes]:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # it has just ended
            found.append(path.read_bytes())
    return found
