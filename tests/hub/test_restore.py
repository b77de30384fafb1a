"""`manage.py restore`: a whole site into an empty database, or nothing at all."""

import signal
import sys
import tarfile
from contextlib import suppress
from io import BytesIO

import psycopg
import pytest

from hub.backup_file import BackupTrouble, reading, writing
from tests.scratch import kill, scratch

TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
ALONE = """NOT EXISTS (
    SELECT FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
)"""
RESTORING = """EXISTS (
    SELECT FROM pg_stat_activity
    WHERE application_name = 'pg_restore' AND wait_event_type = 'Lock'
        AND datname = current_database()
)"""


@pytest.fixture
def copy(backup, tmp_path):
    """A copy of the backup, to be spoilt."""
    copy = tmp_path / "copy"
    copy.write_bytes(backup.read_bytes())
    return copy


def rewrite(copy, **changes):
    """The same parts under another manifest, with a seal that fits."""
    with reading(copy) as read:
        about = read.manifest | changes
        dump = read.open("database.dump").read()
    copy.unlink()
    with writing(copy) as new:
        new.add("database.dump", BytesIO(dump))
        new.finish(about)


def place_of(name, copy):
    with tarfile.open(copy) as tar:
        member = tar.getmember(name)
    return member.offset_data + member.size // 2


@pytest.mark.parametrize("name", ["database.dump", "manifest.json", "manifest.sha256"])
def test_one_damaged_byte_is_refused(copy, empty, name):
    with copy.open("r+b") as file:
        file.seek(place_of(name, copy))
        byte = file.read(1)
        file.seek(-1, 1)
        file.write(bytes([byte[0] ^ 1]))

    line = empty.trouble("restore", copy)

    assert line.startswith(f"{copy} is damaged: ")
    assert empty.ask(TABLES) == []


def test_a_damaged_byte_is_refused_or_changes_nothing_wherever_it_is(copy):
    whole = copy.read_bytes()
    dump = place_of("database.dump", copy)
    heads = [*range(512), *range(place_of("manifest.json", copy), len(whole), 7)]
    for place in [*heads, dump]:
        copy.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
        with suppress(BackupTrouble), reading(copy) as read:
            read.check()
            assert read.open("database.dump").read() in whole


@pytest.mark.parametrize("kept", [0.5, 0.9, 0.999999])
def test_a_file_that_was_cut_short_is_refused(copy, empty, kept):
    whole = copy.read_bytes()
    copy.write_bytes(whole[: int(len(whole) * kept)])

    assert "cut short" in empty.trouble("restore", copy)
    assert empty.ask(TABLES) == []


def test_what_is_no_backup_is_refused(empty, tmp_path):
    missing, words, foreign = (tmp_path / name for name in ("none", "words", "tar"))
    words.write_text("Not a backup at all.")
    with tarfile.open(foreign, "w") as tar:
        tar.addfile(tarfile.TarInfo("../../escaped"))

    assert "cannot be read: No such file" in empty.trouble("restore", missing)
    for file in words, foreign:
        assert "no backup of Handover" in empty.trouble("restore", file)
    assert not list(tmp_path.parent.parent.rglob("escaped"))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"format": 2}, "is of format 2, and this version reads up to 1"),
        ({"migrations": {"hub": "9999_later"}}, "with the migration hub.9999_later"),
        ({"postgresql": 990001}, "comes from PostgreSQL 99"),
        ({"files_in_database": False}, "set FILE_STORAGE as it was"),
    ],
)
def test_a_newer_or_other_site_is_refused(copy, empty, changes, words):
    rewrite(copy, **changes)

    assert words in empty.trouble("restore", copy)
    assert empty.ask(TABLES) == []


def test_a_database_that_holds_something_is_left_alone(backup, empty):
    empty.ask("CREATE TABLE precious AS SELECT 7 AS number")

    line = empty.trouble("restore", backup)

    assert line.startswith(
        "The database is not empty: it has the table precious, and 0 more."
    )
    assert empty.ask("SELECT number FROM precious") == [(7,)]
    assert len(empty.ask(TABLES)) == 1


def test_rows_that_are_not_all_there_are_told(copy, empty):
    with reading(copy) as read:
        counts = read.manifest["counts"] | {"guides_guide": 6}
    rewrite(copy, counts=counts)

    assert "guides_guide has 5 rows, and had 6" in empty.trouble("restore", copy)


def test_an_older_site_is_brought_up_to_date(site, empty, tmp_path):
    with scratch("older", like=site.name) as older:
        older.run("migrate", "hub", "0007")
        older.run("backup", tmp_path / "older")

    said = empty.run("restore", tmp_path / "older")

    assert "It is older than this version. Migrations to apply: " in said
    latest = "SELECT app, max(name) FROM django_migrations GROUP BY app ORDER BY app"
    assert empty.ask(latest) == site.ask(latest)


@pytest.mark.skipif(sys.platform != "linux", reason="Linux ends children with parents")
def test_a_kill_leaves_an_empty_database_and_a_second_run_works(site, backup, empty):
    with psycopg.connect(empty.url) as other:
        # Not committed, so the database looks empty, and yet this name is taken: the
        # index of that name comes after all the rows, and waits.
        other.execute("CREATE TABLE actions_of_guide ()")
        process = empty.start("restore", backup)
        empty.wait_for(RESTORING, process)
        kill(process)
        other.rollback()

    assert process.returncode == -signal.SIGKILL
    empty.wait_for(ALONE)
    assert empty.ask(TABLES) == []
    assert "as counted then" in empty.run("restore", backup)
