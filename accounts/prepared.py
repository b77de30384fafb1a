"""Queries whose SQL is made once by Django and planned once by PostgreSQL: both take
longer than to answer it, and pages that everybody reads ask the same few."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from datetime import UTC, datetime, timedelta
from functools import cached_property, partial
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler
from psycopg.sql import Literal
from psycopg.types.numeric import Int8

PLACE = re.compile("%[s%]")
ASKED_BEFORE = 2  # times on one connection, before the plan is kept there
# What stands in the SQL for an argument: a value that no row has.
MARKS = {
    int: lambda place: 9_000_000_000 + place,
    str: "\N{INVISIBLE SEPARATOR}argument {}\N{INVISIBLE SEPARATOR}".format,
    datetime: lambda place: datetime(1, 1, 1, tzinfo=UTC) + timedelta(place),
    UUID: lambda place: UUID(int=place),
}


class Prepared:
    """A query set as a function of a few values.

    What else the query compares with stands in its SQL as it is, so that a plan for all
    values can use an index of only some rows.

    build: makes it of its arguments, and may only put them into the SQL: what it
    decided by looking at one would be decided for all. types: of the arguments.
    Raises TypeError when an argument does not get into the SQL.
    """

    def __init__(self, build: Callable[..., QuerySet], *types: type) -> None:
        self.build = build
        self.marks = [MARKS[kind](place) for place, kind in enumerate(types)]
        self._converters: dict | None = None  # of columns: the same for every call

    def __call__(self, *given: Any) -> list:
        """The rows for these values."""
        queryset, compiler, sql, params = self._compiled
        values = dict(zip(self.marks, map(of_one_size, given), strict=True))
        told = tuple(param(values) for param in params)
        own = copy(compiler)
        own.connection = connections[queryset.db]
        own.as_sql = lambda *_, **__: (sql, told)
        own.execute_sql = partial(_planned_once, own)
        own.get_converters = partial(self._converters_of, own)
        found = queryset.all()
        found.query.get_compiler = lambda *_, **__: own
        return list(found)

    @cached_property
    def _compiled(self) -> tuple:
        queryset = self.build(*self.marks)
        compiler = queryset.query.get_compiler(queryset.db)
        sql, params = compiler.as_sql()
        if missing := set(self.marks) - set(map(self._mark_in, params)):
            raise TypeError(f"The query does not compare with {missing}.")
        compiler.connection = None  # it is this thread's; every call has its own
        return queryset, compiler, *self._with_constants(sql, params)

    def _converters_of(self, own: SQLCompiler, columns: list) -> dict:
        if self._converters is None:
            self._converters = type(own).get_converters(own, columns)
        return self._converters

    def _mark_in(self, value: Any) -> Any:
        """The mark that a parameter is, or has within a pattern; None if neither."""
        if type(value) not in MARKS:
            return None
        if value in self.marks:
            return value
        words = [mark for mark in self.marks if isinstance(mark, str)]
        return next((m for m in words if isinstance(value, str) and m in value), None)

    def _with_constants(self, sql: str, params: tuple) -> tuple[str, list]:
        """The SQL with places for the marks alone, and what goes there in turn, as
        functions of the values of the marks."""
        left, told = iter(params), []

        def written(found: re.Match) -> str:
            if found[0] == "%%":
                return found[0]
            value = next(left)
            mark = self._mark_in(value)
            if mark is not None:
                told.append(itemgetter(mark) if mark == value else _like(value, mark))
                return found[0]
            return Literal(value).as_string().replace("%", "%%")

        return PLACE.sub(written, sql), told


def of_one_size(value: Any) -> Any:
    """The value; a number as PostgreSQL's largest, for psycopg sends each as the
    smallest that holds it, and of other types it is another query to plan."""
    return Int8(value) if type(value) is int else value


def _like(pattern: str, mark: str) -> Callable[[dict], str]:
    """A pattern of LIKE with the value in the mark's place, its own signs escaped."""

    def filled(values: dict) -> str:
        return pattern.replace(mark, connection.ops.prep_for_like_query(values[mark]))

    return filled


def _planned_once(compiler: SQLCompiler, *args: Any, **given: Any) -> Any:
    with plans_kept(compiler.connection):
        return type(compiler).execute_sql(compiler, *args, **given)


@contextmanager
def plans_kept(database: BaseDatabaseWrapper) -> Iterator[None]:
    """Have the plans of what is asked meanwhile kept for its connection.

    Only for SQL that has one good plan whatever its values: not for what uses an
    index of some rows, which a plan for all values cannot.
    """
    database.ensure_connection()
    session = database.connection
    before, session.prepare_threshold = session.prepare_threshold, ASKED_BEFORE
    try:
        yield
    finally:
        session.prepare_threshold = before


class PreparedForReader:
    """The same where the first argument of build is who reads.

    Everybody who is signed out sees the same, and every member what is theirs; what
    staff may see depends on their permissions, so theirs is made each time.
    """

    def __init__(self, build: Callable[..., QuerySet], *types: type) -> None:
        self.build = build
        self.for_everybody = Prepared(
            lambda *given: build(AnonymousUser(), *given), *types
        )
        self.for_members = Prepared(
            lambda pk, *given: build(get_user_model()(pk=pk), *given), int, *types
        )

    def __call__(self, reader: Any, *given: Any) -> list:
        """The rows as this person may read them."""
        if not reader.is_authenticated:
            return self.for_everybody(*given)
        if reader.is_staff:
            return list(self.build(reader, *given))
        return self.for_members(reader.pk, *given)
