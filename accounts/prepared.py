"""Queries whose SQL is made once: Django needs longer to write one than PostgreSQL
needs to answer it, and pages that everybody reads ask the same few."""

from collections.abc import Callable
from copy import copy
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.db import connections
from django.db.models import QuerySet

# What stands in the SQL for an argument: a value that no row has.
MARKS = {
    int: lambda place: 9_000_000_000 + place,
    str: "\N{INVISIBLE SEPARATOR}argument {}".format,
    datetime: lambda place: datetime(1, 1, 1, tzinfo=UTC) + timedelta(place),
    UUID: lambda place: UUID(int=place),
}


class Prepared:
    """A query set as a function of a few values.

    build: makes it of its arguments, and may only compare them with columns: what it
    decided by looking at one would be decided for all. types: of the arguments.
    Raises TypeError when an argument does not get into the SQL.
    """

    def __init__(self, build: Callable[..., QuerySet], *types: type) -> None:
        self.build = build
        self.marks = [MARKS[kind](place) for place, kind in enumerate(types)]

    def __call__(self, *given: Any) -> QuerySet:
        """The query set for these values. It can be read, not refined."""
        queryset, compiler, sql, params = self._compiled
        values = dict(zip(self.marks, given, strict=True))
        told = tuple(values.get(param, param) for param in params)
        own = copy(compiler)
        own.connection = connections[queryset.db]
        own.as_sql = lambda *_, **__: (sql, told)
        found = queryset.all()
        found.query.get_compiler = lambda *_, **__: own
        return found

    @cached_property
    def _compiled(self) -> tuple:
        queryset = self.build(*self.marks)
        compiler = queryset.query.get_compiler(queryset.db)
        sql, params = compiler.as_sql()
        if missing := set(self.marks) - set(params):
            raise TypeError(f"The query does not compare with {missing}.")
        return queryset, compiler, sql, params


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

    def __call__(self, reader: Any, *given: Any) -> QuerySet:
        """The query set as this person may read it."""
        if not reader.is_authenticated:
            return self.for_everybody(*given)
        if reader.is_staff:
            return self.build(reader, *given)
        return self.for_members(reader.pk, *given)
