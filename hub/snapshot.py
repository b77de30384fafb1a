"""What the database holds at one moment, and how new it is."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from psycopg.sql import SQL, Composed, Identifier

# Jobs hold mails, and mails sign-in codes: none is kept, so none is sent twice.
JOBS = "procrastinate_"
PATIENCE = "60s"  # for a migration that runs at the same time

Counts = dict[str, int]


@contextmanager
def snapshot() -> Iterator[str]:
    """One moment of the database, while this lasts; its name lets others see it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
        cursor.execute("SELECT pg_export_snapshot()")
        yield cursor.fetchone()[0]


def counts() -> Counts:
    """How many rows each table has, but those of jobs."""
    tables = [name for name in tables_there() if not name.startswith(JOBS)]
    query = SQL("SELECT count(*) FROM {}")
    return {name: _count(query.format(Identifier(name))) for name in tables}


def waiting_jobs() -> int:
    """How many jobs the worker has not done yet, mails among them."""
    return _count(
        "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"
    )


def tables_there() -> list[str]:
    """Every table of the database."""
    return sorted(connection.introspection.table_names())


def latest_migrations() -> dict[str, str]:
    """The last migration of each app that was applied here."""
    applied = MigrationRecorder(connection).migration_qs.order_by("id")
    return dict(applied.values_list("app", "name"))


def unknown_migrations(latest: dict[str, str]) -> list[str]:
    """Those that this version of the site does not have."""
    known = MigrationLoader(None).disk_migrations
    return [f"{app}.{name}" for app, name in latest.items() if (app, name) not in known]


def waiting_migrations() -> int:
    """How many are still to be applied here."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _count(query: str | Composed) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]
