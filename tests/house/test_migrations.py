"""Releases: migrations wait for their turn, can be killed, and can be undone."""

import signal

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from hub.management.commands import migrate
from tests.scratch import LONG, kill, migrated, scratch

OURS = ["hub", "discussions", "guides", "landscape", "accounts"]
APPLIED = "SELECT app, name FROM django_migrations ORDER BY app, name"
COLUMNS = """
SELECT table_name, column_name, data_type, is_nullable, column_default
FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2
"""
CONSTRAINTS = """
SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint
WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2
"""
INDEXES = "SELECT tablename, indexdef FROM pg_indexes ORDER BY 1, 2"
TRIGGERS = """
SELECT tgrelid::regclass::text, tgname, pg_get_functiondef(tgfoid)
FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2
"""
WAITING = """EXISTS (
    SELECT FROM pg_stat_activity
    WHERE wait_event_type = 'Lock' AND datname = current_database()
)"""


@pytest.fixture(scope="module")
def today(django_db_setup, django_db_blocker):
    """A database as all migrations make it."""
    with migrated("today", django_db_blocker) as today:
        yield today


def schema_of(database):
    """Everything that migrations make."""
    return [
        database.ask(question)
        for question in (COLUMNS, CONSTRAINTS, INDEXES, TRIGGERS, APPLIED)
    ]


def test_every_migration_can_be_undone_and_made_again_after_a_kill(today):
    with scratch("undone", like=today.name) as undone:
        with undone.in_use():
            for app in OURS:
                call_command("migrate", app, "zero", verbosity=0)
            left = connection.introspection.table_names()
        ours = {name for name in left if name.partition("_")[0] in OURS}
        assert ours == {"hub_cache"}  # which `createcachetable` makes

        with psycopg.connect(undone.url) as other:
            # Not committed, and yet the name is taken: the index of it has to wait.
            other.execute("CREATE TABLE actions_of_guide ()")
            process = undone.start("migrate")
            undone.wait_for(WAITING, process)
            kill(process)
            other.rollback()
        assert process.returncode == -signal.SIGKILL
        assert 0 < len(undone.ask(APPLIED)) < len(today.ask(APPLIED))
        undone.run("migrate")

        assert schema_of(undone) == schema_of(today)


def test_indexes_of_comments_change_while_somebody_posts(today):
    with scratch("posting", like=today.name) as posting:
        posting.run("migrate", "discussions", "0005")
        with psycopg.connect(posting.url) as poster:
            poster.execute("SET lock_timeout = '100ms'")
            poster.execute("LOCK discussions_comment IN ROW SHARE MODE")
            process = posting.start("migrate")
            posting.wait_for(WAITING, process)
            poster.execute("LOCK discussions_thread IN ROW EXCLUSIVE MODE")
            poster.execute("LOCK discussions_comment IN ROW EXCLUSIVE MODE")
        process.communicate(timeout=LONG)

        assert process.returncode == 0
        assert schema_of(posting) == schema_of(today)


def test_a_migration_that_gets_no_lock_tries_again(today):
    with scratch("busy", like=today.name) as busy:
        busy.run("migrate", "hub", "0007")
        with psycopg.connect(busy.url) as reader:
            reader.execute("LOCK django_migrations")
            process = busy.start("migrate")
            told = process.stderr.readline() + process.stderr.readline()
        process.communicate(timeout=LONG)

        assert "The tables are in use. Again in 1 s." in told
        assert process.returncode == 0
        assert busy.ask(APPLIED) == today.ask(APPLIED)


def test_a_migration_that_never_gets_its_lock_says_so(today, monkeypatch, capsys):
    monkeypatch.setattr(migrate, "PAUSES", (0, 0))
    with (
        today.in_use(),
        psycopg.connect(today.url) as reader,
        connection.cursor() as cursor,
    ):
        cursor.execute("SET lock_timeout = '20ms'")
        reader.execute("LOCK django_migrations")
        with pytest.raises(CommandError, match="nothing is half done"):
            call_command("migrate")

    assert capsys.readouterr().err.count("Again in 0 s.") == 2


def test_a_migration_may_take_longer_than_a_page(today):
    with today.in_use():
        call_command("migrate", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            assert cursor.fetchone() == ("0",)
