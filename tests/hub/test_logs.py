"""Who runs the site finds what happened, and learns nothing about a person by it."""

import io
import json
import logging

import pytest
from django.db import DatabaseError, IntegrityError, connection
from django.test import RequestFactory

from accounts.models import User
from hub.errors import server_error
from hub.logs import Lines, RequestId, private, slow, time_queries
from tests.factories import make_comment, make_user
from tests.guides.texts import within

NAME = "0123456789abcdef" * 2


@pytest.fixture
def log():
    """What the site's log would get."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Lines())
    root = logging.getLogger()
    root.addHandler(handler)
    level = root.level
    root.setLevel(logging.WARNING)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.setLevel(level)
    root.removeHandler(handler)


@pytest.fixture
def failing():
    """A site whose pages break with the error it is given, behind our middleware."""

    def site(error):
        def answer(request):
            try:
                raise error
            except Exception:
                logging.getLogger("hub").exception("A page\nbroke for a@b.example.")
                return server_error(request)

        return RequestId(answer)

    return site


def test_the_error_page_and_the_log_name_the_same_request(log, failing, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    asked = RequestFactory().get("/", headers={"x-request-id": NAME})

    answer = failing(ValueError("broken"))(asked)

    assert (answer.status_code, NAME in answer.content.decode()) == (500, True)
    assert [line["request"] for line in log()] == [NAME]


@pytest.mark.parametrize(("proxies", "given"), [(0, NAME), (1, "a\nb"), (1, "x" * 32)])
def test_nobody_writes_into_the_log_through_a_header(failing, settings, proxies, given):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    asked = RequestFactory().get("/", headers={"x-request-id": given})

    failing(ValueError("broken"))(asked)

    assert asked.id != given
    assert len(asked.id) == 32


def test_a_line_is_one_line_without_addresses(log, failing):
    failing(ValueError("No mail for ada@lovelace.example"))(RequestFactory().get("/"))

    (line,) = log()
    assert line["message"] == "A page\nbroke for (address)."
    assert "lovelace" not in line["exception"]
    assert "No mail for (address)" in line["exception"]


def test_the_rows_of_the_database_stay_out_of_the_log(log, failing):
    person = make_user("Ada Lovelace")
    with pytest.raises(IntegrityError) as caught:
        User.objects.filter(pk=person.pk).update(handle="Not A Slug")

    failing(caught.value)(RequestFactory().get("/"))

    (line,) = log()
    assert "handle_is_a_slug" in line["exception"]
    assert "Lovelace" not in line["exception"]
    assert isinstance(caught.value, DatabaseError)


def test_a_row_with_several_lines_stays_out_whole(log, failing):
    told = "broke a rule\nDETAIL:  Failing row contains (1, A line,\nand another).\n"
    error = IntegrityError(f"{told}HINT:  Look again.")

    failing(error)(RequestFactory().get("/"))

    exception = log()[0]["exception"]
    assert "another" not in exception
    assert "DETAIL: (left out)\nHINT:  Look again." in exception
    assert exception.startswith("Traceback")


@pytest.mark.parametrize("said", ["a", "a@", "a.", "a@b.", "DETAIL: a\n", "\n"])
def test_nobody_keeps_the_site_busy_with_a_long_line(said):
    # No step of Python: within the pattern it is all C, so the length has to tell.
    with within(5):
        private(said * (400_000 // len(said)))


def test_a_slow_query_is_logged_without_what_was_asked_for(log, settings):
    settings.SLOW_QUERY_SECONDS = 0.000001
    time_queries(connection)
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::text", ["Ada Lovelace"])
    connection.execute_wrappers.clear()

    (line,) = [line for line in log() if line["logger"] == slow.name]
    assert line["message"] == "Slow query: SELECT %s::text"
    assert line["seconds"] >= 0


def test_nobody_reads_the_numbers_without_the_token(reader, settings):
    assert reader.get("/metrics").status_code == 404
    settings.METRICS_TOKEN = "t" * 50
    for given in ("", "Bearer", "Bearer " + "u" * 50):
        answer = reader.get("/metrics", headers={"authorization": given})
        assert answer.status_code == 404


def test_who_has_the_token_reads_what_waits(reader, settings, newcomer, curator, guide):
    settings.METRICS_TOKEN = "t" * 50
    make_comment(guide, newcomer).hold(by=curator, reason="A moment.")

    answer = reader.get("/metrics", headers={"authorization": "Bearer " + "t" * 50})

    assert answer.headers["Cache-Control"] == "no-store"
    lines = answer.content.decode().splitlines()
    numbers = dict(line.split() for line in lines if not line.startswith("#"))
    assert numbers["handover_comments_held"] == "1"
    assert float(numbers["handover_jobs_waiting"]) >= 1
    assert numbers["handover_worker_seen_seconds"] == "-1"
    assert float(numbers["handover_database_bytes"]) > 1_000_000
