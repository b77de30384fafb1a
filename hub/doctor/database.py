"""The database: whether it answers, is of today, and has room."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, connection
from django.utils import timezone

from hub import snapshot
from hub.doctor.finding import Finding, fine, wrong
from hub.postgres_program import OLDEST
from hub.postgres_tools import ToolTrouble, find_tool, server_major

FULL = 0.8  # of all connections
SKEW = timedelta(seconds=2)


def answers() -> Iterator[Finding]:
    """The database answers, and is new enough."""
    try:
        connection.ensure_connection()
        version = connection.pg_version
        is_read_only = ask("SHOW transaction_read_only") == "on"
    except DatabaseError as error:
        reason = str(error).splitlines()[0]
        yield wrong(f"The database does not answer: look at DATABASE_URL ({reason}).")
        return
    number = f"{version // 10_000}.{version % 10_000}"
    if version < OLDEST * 10_000:
        yield wrong(f"PostgreSQL is {number}: move to {OLDEST} or newer.")
    elif is_read_only:
        yield wrong("The database takes no changes: name the primary in DATABASE_URL.")
    else:
        yield fine(f"PostgreSQL {number} answers.")


def is_migrated() -> Iterator[Finding]:
    """Its tables are those of this version."""
    applied = snapshot.latest_migrations() if snapshot.tables_there() else {}
    if unknown := snapshot.unknown_migrations(applied):
        yield wrong(
            f"The database is newer than this version, which lacks {unknown[0]}: run "
            "the version that made it."
        )
    elif waiting := snapshot.waiting_migrations():
        yield wrong(f"Waiting migrations: {waiting}. Run `manage.py migrate`.")
    else:
        yield fine("No migration waits.")


def has_cache_table() -> Iterator[Finding]:
    """Rate limits have a table to be counted in."""
    if "hub_cache" in snapshot.tables_there():
        yield fine("Rate limits have their table.")
    else:
        yield wrong("hub_cache is missing: run `manage.py createcachetable`.")


def has_connections_left() -> Iterator[Finding]:
    """Every thread that serves pages finds a connection."""
    used = ask("SELECT sum(numbackends)::int FROM pg_stat_database")
    most = ask(
        "SELECT current_setting('max_connections')::int"
        " - current_setting('superuser_reserved_connections')::int"
    )
    if used > FULL * most:
        yield wrong(
            f"{used} of {most} connections are in use: run fewer workers or blocking "
            "threads, or raise max_connections."
        )
    else:
        yield fine(f"{used} of {most} connections are in use.")


def clocks_agree() -> Iterator[Finding]:
    """This machine and the database know the same time."""
    before = timezone.now()
    theirs = ask("SELECT clock_timestamp()")
    if before - SKEW < theirs < timezone.now() + SKEW:
        yield fine("The clocks of this machine and of the database agree.")
    else:
        apart = abs(theirs - before).total_seconds()
        yield wrong(
            f"The clocks of this machine and of the database are {apart:.0f} seconds "
            "apart: let both follow a time server (chrony, systemd-timesyncd)."
        )


def can_be_backed_up() -> Iterator[Finding]:
    """pg_dump and pg_restore of the server's version are here."""
    try:
        for name in ("pg_dump", "pg_restore"):
            tool = find_tool(name, server_major())
    except ToolTrouble as trouble:
        yield wrong(f"No backup can be made here. {trouble}")
    else:
        yield fine(f"Backups can be made, with the programs in {tool.parent}.")


def ask(question: str) -> Any:
    """The one value of an answer."""
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]
