"""Finding rings in what comes before and after."""

from django.db import connection, models
from psycopg.sql import SQL, Identifier


def take_turns(*models: type[models.Model]) -> None:
    """Wait for whoever else changes, in a transaction, what comes before and after in
    these tables. Whoever looks then sees every step that the database will look at.

    `refuse_ring` takes the same locks, but later, when rows are held already. A verb
    that holds rows calls this first, so that no two wait for each other.
    """
    with connection.cursor() as cursor:
        for table in sorted(model._meta.db_table for model in models):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [table])


def leads_back(
    model: type[models.Model],
    start: str,
    end: str,
    first: int | None,
    then: int | None,
    *,
    among: str = "true",
) -> bool:
    """Whether a step from the row `first` to the row `then` would close a ring of the
    steps that a table `t` holds from its column `start` to its column `end`, of those
    `among` which the condition in SQL holds.

    The database refuses rings too (`refuse_ring`); this asks before, for the message.
    """
    if first is None or then is None:
        return False
    query = SQL(
        "WITH RECURSIVE ahead(id) AS (SELECT %s::bigint UNION "
        "SELECT t.{end} FROM {table} t JOIN ahead ON t.{start} = ahead.id "
        "WHERE t.{end} IS NOT NULL AND {among}) "
        "SELECT EXISTS (SELECT FROM ahead WHERE id = %s)"
    ).format(
        start=Identifier(start),
        end=Identifier(end),
        table=Identifier(model._meta.db_table),
        among=SQL(among),
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [then, first])
        return cursor.fetchone()[0]
