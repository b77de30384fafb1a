"""Where the database server has RUM, a search ranks all guides that answer."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from django.db import connection, connections

from guides import search
from hub.embedded_database import FAST, EmbeddedDatabase
from tests.hub.test_search_plan import EDITIONS, GUIDES, LIVE, SEARCHES
from tests.scratch import Scratch, scratch

MANY = 3_000
# The oldest says it often, in few words: the best answer, and not among the newest.
BEST = """
UPDATE guides_edition SET body_text = repeat('procurement ', 20)
WHERE id = (SELECT min(id) FROM guides_edition)
"""


@dataclass(frozen=True)
class OfAnotherServer(Scratch):
    """A database that is not on the tests' own server."""

    url: str = ""


@pytest.fixture(scope="module")
def with_rum() -> Iterator[Scratch]:
    """A site on such a server, with many guides."""
    folder = tempfile.TemporaryDirectory(prefix="handover-rum-")
    with folder:
        server = EmbeddedDatabase(Path(folder.name), options=FAST, extension="rum")
        server.start()
        made = OfAnotherServer("postgres", server.url)
        try:
            made.run("migrate", SEARCH_RUM="1")
            with psycopg.connect(server.url) as filled:
                filled.execute(GUIDES, [MANY])
                filled.execute(EDITIONS.replace("%%", "%"))
                filled.execute(LIVE)
                filled.execute(BEST)
            made.ask("VACUUM ANALYZE")
            yield made
        finally:
            server.stop()


@pytest.fixture
def asked(with_rum, monkeypatch, django_db_blocker):
    """Django asks that site."""
    own = connections["default"]
    given = psycopg.conninfo.conninfo_to_dict(with_rum.url)
    used = connections.create_connection("default")
    used.settings_dict = {
        **own.settings_dict,
        "NAME": "postgres",
        "USER": given["user"],
        "HOST": given["host"],
        "PORT": "",
    }
    connections["default"] = used
    with django_db_blocker.unblock():
        yield with_rum
        used.close()
    connections["default"] = own


def plan_of(words: str) -> str:
    """How the server finds what a reader asks for."""
    given = {"words": words, "kind": "", "stage": "", "topic": "", "most": search.MOST}
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {search.FIND_BY_RANK}", given)
        return "\n".join(line for (line,) in cursor.fetchall())


def test_the_best_of_all_guides_is_found_however_old_it_is(asked, settings):
    with connection.cursor() as cursor:
        cursor.execute("SELECT guide_id FROM guides_edition ORDER BY id LIMIT 1")
        (best,) = cursor.fetchone()

    assert best not in search.find("procurement")

    settings.SEARCH_RUM = True
    assert search.find("procurement")[0] == best
    assert len(search.find("procurement")) == search.MOST


@pytest.mark.parametrize("words", SEARCHES)
def test_no_search_reads_all_guides(words, asked):
    plan = plan_of(words)

    assert "published_edition_" in plan
    assert "Seq Scan on guides_edition" not in plan


def test_of_a_common_word_the_index_knows_the_ranks(asked):
    assert "Index Scan using published_edition_ranks" in plan_of("procurement")
    assert "Order By: (search <=>" in plan_of("procurement")


@pytest.mark.parametrize(
    "words", [*SEARCHES, "-procurement", "the", "", "bcxq -cdxq", '"xq title"', "& | !"]
)
def test_what_few_guides_answer_is_the_same_either_way(words, asked, settings):
    among_newest = search.find(words)
    settings.SEARCH_RUM = True
    by_rank = search.find(words)

    assert len(by_rank) == len(among_newest)
    if len(by_rank) < search.MOST:
        assert by_rank == among_newest


def test_a_filter_narrows_the_ranked_guides(asked, settings):
    settings.SEARCH_RUM = True

    assert search.find("procurement", kind="primer", stage="first-week")
    assert search.find("procurement", kind="map") == []
    assert search.find("procurement", topic="nothing") == []


def test_whoever_goes_back_loses_the_index_only(with_rum):
    indexes = "SELECT 1 FROM pg_indexes WHERE indexname = 'published_edition_ranks'"
    assert with_rum.ask(indexes)

    with_rum.run("migrate", "rum", "zero", SEARCH_RUM="1")
    assert not with_rum.ask(indexes)

    with_rum.run("migrate", SEARCH_RUM="1")
    assert with_rum.ask(indexes)


def test_a_server_without_it_says_so_in_one_line(db):
    with scratch("rumless") as empty:
        told = empty.trouble("migrate", SEARCH_RUM="1")

    assert told.startswith("This PostgreSQL server has no extension RUM.")
