"""What the logs say: a line of JSON each, with the request, without personal data."""

import json
import logging
import re
import time
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from django.conf import settings

JOB = re.compile(r"\b([\w.]+\[\d+\])\(.*\)", re.DOTALL)
# PostgreSQL tells the row that broke a rule, with the line breaks in it; and people are
# found by their address. Both patterns take linear time: anybody can write a long line.
DETAIL = re.compile(
    r"^(DETAIL|CONTEXT): .*?(?=^[A-Z]+: |^Traceback|^The above|^During|\Z)",
    re.MULTILINE | re.DOTALL,
)
ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(\.[\w-]+)+")
GIVEN = re.compile(r"[0-9a-f]{32}")  # what nginx makes
LONGEST_QUERY = 2_000  # characters

request_id: ContextVar[str] = ContextVar("request_id", default="")
slow = logging.getLogger("hub.slow")


class RequestId:
    """Gives each request a name that its log lines and its error page share."""

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request):
        """Take the name that the proxy gave, where there is one; else make one."""
        given = request.headers.get("X-Request-ID", "")
        is_known = settings.ALLAUTH_TRUSTED_PROXY_COUNT and GIVEN.fullmatch(given)
        request.id = given if is_known else uuid4().hex
        mark = request_id.set(request.id)
        try:
            return self.get_response(request)
        finally:
            request_id.reset(mark)


class Lines(logging.Formatter):
    """One JSON object for each record, on one line."""

    def format(self, record: logging.LogRecord) -> str:
        """When, how bad, who says it, for which request, and what."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat("T", "seconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": private(record.getMessage()),
        }
        if name := request_id.get() or getattr(_request_of(record), "id", ""):
            line["request"] = name
        if seconds := getattr(record, "seconds", None):
            line["seconds"] = round(seconds, 3)
        if record.exc_info:
            line["exception"] = private(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


class WithoutWhatJobsCarry(logging.Filter):
    """Leaves out what a job was given: mails hold addresses and sign-in codes."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Shorten the line; never drop it."""
        if record.name.startswith("procrastinate"):
            record.msg, record.args = JOB.sub(r"\1", record.getMessage()), None
        return True


def private(text: str) -> str:
    """The text without email addresses and without the rows of the database."""
    return ADDRESS.sub("(address)", DETAIL.sub("\\1: (left out)\\n", text))


def time_queries(connection, **given) -> None:
    """Have each query of a new connection timed."""
    if settings.SLOW_QUERY_SECONDS and _timed not in connection.execute_wrappers:
        connection.execute_wrappers.append(_timed)


def _timed(execute: Callable, sql: str, params, many: bool, context: dict):
    began = time.monotonic()
    try:
        return execute(sql, params, many, context)
    finally:
        seconds = time.monotonic() - began
        if seconds >= settings.SLOW_QUERY_SECONDS:
            # Without what was asked for: it may tell of somebody.
            told = " ".join(str(sql).split())[:LONGEST_QUERY]
            slow.warning("Slow query: %s", told, extra={"seconds": seconds})


def _request_of(record: logging.LogRecord):
    return getattr(record, "request", None)
