"""Asks for every address as everybody, and compares what comes with the rules.

    uv run pytest tests/hub/test_permissions*.py -n0 -s

prints how many cells were asked.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection, transaction
from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django.urls import URLPattern, URLResolver, get_resolver

from tests.factories import PASSWORD

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
MAY_DIFFER = 200  # bytes between what is hidden and what is not there
# What forms of the site ask for, so that a view that lets somebody in does its work.
TYPED = {
    **{"body": "Words.", "reason": "other", "kind": "question", "answer": "yes"},
    **{"title": "Words", "summary": "Words.", "accept": "yes", "basis": "used"},
}


CHANGE = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "?(\w+)')
BOOKKEEPING = ("django_session", "hub_cache", "usersessions_usersession")
ENDS = 'DELETE FROM "usersessions_usersession"'  # which is more than bookkeeping


class Outcome(StrEnum):
    """How the site answers somebody."""

    SHOWN = "shown"
    MOVED = "led elsewhere"
    GONE = "gone for good"
    HIDDEN = "as if it were not there"
    SIGN_IN = "asked to sign in"
    PROOF = "asked to prove who they are"
    FORBIDDEN = "forbidden"
    NO_METHOD = "no such method"
    BROKEN = "a server error"


@dataclass
class Answer:
    """What came back."""

    status: int
    address: str
    content: bytes
    headers: dict[str, str]
    written: list[str]  # the tables that it changed, but for sessions and counts

    @property
    def outcome(self) -> Outcome:
        """The kind of answer."""
        place = urlsplit(self.address).path
        if place in ("/accounts/login/", "/admin/login/"):
            return Outcome.SIGN_IN
        if place.startswith("/accounts/reauthenticate/"):
            return Outcome.PROOF
        if self.status >= 500:
            return Outcome.BROKEN
        return BY_STATUS.get(self.status, Outcome.SHOWN)


REFUSED = {
    *(Outcome.HIDDEN, Outcome.SIGN_IN, Outcome.PROOF),
    *(Outcome.FORBIDDEN, Outcome.NO_METHOD),
}
BY_STATUS = {
    301: Outcome.MOVED,
    302: Outcome.MOVED,
    401: Outcome.SIGN_IN,
    403: Outcome.FORBIDDEN,
    404: Outcome.HIDDEN,
    405: Outcome.NO_METHOD,
    410: Outcome.GONE,
}


class Sender(RequestFactory):
    """Makes what a server would hand to the site."""

    def request(self, **given) -> dict[str, object]:
        """The environment of a request, as it came over the wire."""
        return self._base_environ(**given)


class Visitor:
    """Somebody's browser. What it sends leaves no trace in the database."""

    def __init__(self, role: str, session_key: str = "") -> None:
        self.has_session = bool(session_key)
        self.role, self.handler = role, ClientHandler(enforce_csrf_checks=False)
        self.cookies = f"{settings.SESSION_COOKIE_NAME}={session_key}"
        self.factory = Sender(headers={"origin": "http://testserver"})
        if session_key:
            self.factory.cookies.load(self.cookies)

    def ask(self, method: str, address: str, typed=None) -> Answer:
        """Send one request and forget what it did."""
        if method == "POST":
            request = self.factory.post(address, TYPED if typed is None else typed)
        else:
            request = self.factory.generic(method, address)
        written: list[str] = []

        def note(execute, sql, params, many, context):
            done = execute(sql, params, many, context)
            found = CHANGE.match(sql)
            is_kept = found and (found[1] not in BOOKKEEPING or sql.startswith(ENDS))
            if is_kept and context["cursor"].rowcount:
                written.append(found[1])
            return done

        with connection.execute_wrapper(note):
            answer = self._handle(request, is_kept=method != "POST")
        headers = {name.lower(): value for name, value in answer.headers.items()}
        content = answer.getvalue()
        where = headers.get("location", "")
        return Answer(answer.status_code, where, content, headers, written)

    def _handle(self, request, *, is_kept: bool):
        if is_kept:  # reading changes nothing, or else is found out
            return self.handler(request)
        with transaction.atomic():
            answer = self.handler(request)
            transaction.set_rollback(True)
        return answer


def visitor_as(role: str, people) -> Visitor:
    """A browser in which somebody signed in before they were shut out, if they were."""
    if role not in people:
        return Visitor(role)
    person = people[role]
    if role == "unconfirmed":
        browser = Client()
        browser.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
        return Visitor(role, browser.session.session_key)
    visitor = Visitor(role, session_of(person))
    if role == "deleted":
        person.delete()
    return visitor


def session_of(person) -> str:
    """A session in which this person is signed in, whatever becomes of them."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return session.session_key


def every_route(resolver=None, before: str = "", space: str = "") -> Iterator[str]:
    """The full name of every route, the admin's too; the pattern of one without a
    name that no route with a name stands for."""
    found = dict(_routes(resolver or get_resolver(), before, space))
    named = {pattern for name, pattern in found.items() if name != pattern}
    return (n for n, pattern in found.items() if n != pattern or n not in named)


def is_of_admin(route: str) -> bool:
    """Whether a route is one of the admin, by its name or pattern."""
    return route.startswith(("admin:", "admin/"))


def _routes(resolver, before: str, space: str) -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        pattern = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _routes(entry, pattern, inner)
        elif isinstance(entry, URLPattern):
            yield f"{space}{entry.name}" if entry.name else pattern, pattern


class Matrix:
    """Cells that were asked, and those that are wrong."""

    def __init__(self) -> None:
        self.cells: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.secrets: list[bytes] = []  # what nobody may read who asks now
        self._absent: dict[tuple, Answer] = {}
        self._asked: set[tuple] = set()

    def check(
        self, visitor, name, address, state, expected, absent: str, changes=None
    ) -> None:
        """Ask for an address by every method.

        HEAD and OPTIONS are the business of the same lines as GET, and a method that a
        route has for nobody is refused before anything else. So these are asked once
        for each kind of answer that a route gives, to whoever comes with a session
        and to whoever comes without.

        expected: what is right for each method, a set of outcomes.
        absent: an address of the same kind at which there is nothing.
        changes: whether a form changes a row, or None where the answer tells.
        """
        rights = tuple(frozenset(expected[method]) for method in ("GET", "POST"))
        kind = (visitor.has_session, name, *rights)
        methods = METHODS if kind not in self._asked else self._needed(expected)
        self._asked.add(kind)
        for method in methods:
            answer = visitor.ask(method, address)
            self.cells[visitor.role] += 1
            cell = f"{visitor.role}: {method} {name} ({state})"
            right = expected[method]
            if not self._is_right(answer, right, method, expected["GET"]):
                words = " or ".join(sorted(right))
                self.wrong.append(f"{cell}: {answer.outcome}, not {words}")
            self._look_inside(answer, method, cell)
            if method == "POST" and changes not in (None, bool(answer.written)):
                verb = "does not change its own" if changes else "changes another's"
                self.wrong.append(f"{cell}: {verb} row")
            is_hidden = answer.outcome == Outcome.HIDDEN
            if absent and (is_hidden or Outcome.FORBIDDEN in expected["GET"]):
                self._compare(visitor, method, cell, answer, absent)

    @staticmethod
    def _needed(expected) -> list[str]:
        needed = ("GET", "POST")
        return [method for method in needed if expected[method] != {Outcome.NO_METHOD}]

    def _look_inside(self, answer: Answer, method: str, cell: str) -> None:
        if answer.written and (answer.outcome in REFUSED or method != "POST"):
            self.wrong.append(f"{cell}: changes {', '.join(answer.written)}")
        for word in self.secrets:
            if word in answer.content:
                self.wrong.append(f"{cell}: tells {word.decode()}")

    @staticmethod
    def _is_right(answer: Answer, right, method: str, right_to_read) -> bool:
        if answer.outcome in right:
            return True
        # Views of Django's and allauth's take OPTIONS for a GET, or list the methods.
        is_list = answer.outcome == Outcome.SHOWN and not answer.content
        return method == "OPTIONS" and (is_list or answer.outcome in right_to_read)

    def _compare(self, visitor, method, cell, answer, absent: str) -> None:
        key = (visitor.role, method, absent)
        if key not in self._absent:
            self._absent[key] = visitor.ask(method, absent)
        other = self._absent[key]
        if other.status != answer.status:
            self.wrong.append(f"{cell}: {answer.status}, absent {other.status}")
        elif abs(len(other.content) - len(answer.content)) > MAY_DIFFER:
            self.wrong.append(f"{cell}: its body differs from an absent one")
