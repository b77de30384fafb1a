"""Databases beside the tests' own, and the real commands that run on them."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from django.db import connection, connections
from psycopg.sql import SQL, Identifier

from tests.house.test_deployment import PRODUCTION

LONG = 120  # seconds; a busy machine fails no test


@dataclass(frozen=True)
class Scratch:
    """A database that goes when its test ends."""

    name: str

    @property
    def url(self) -> str:
        """What to put into DATABASE_URL."""
        given = urlsplit(os.environ["DATABASE_URL"])
        return given._replace(path=f"/{self.name}").geturl()

    def ask(self, question: str) -> list[tuple]:
        """The rows of an answer."""
        with psycopg.connect(self.url, autocommit=True) as asked:
            answer = asked.execute(question)
            return answer.fetchall() if answer.description else []

    def wait_for(self, question: str, of: subprocess.Popen | None = None) -> None:
        """Until the answer is yes; the process it is about must not end before."""
        again = f"SELECT {question} FROM pg_sleep(0.02)"
        with psycopg.connect(self.url, autocommit=True) as asked:
            while not asked.execute(again).fetchone()[0]:
                assert of is None or of.poll() is None, of.communicate()

    def start(self, *words: object, **environment: str) -> subprocess.Popen:
        """`manage.py` with these words, on this database, as on a real machine."""
        given = {"PATH": os.environ["PATH"], "DATABASE_URL": self.url}
        return subprocess.Popen(
            [sys.executable, "-W", "error", "manage.py", *map(str, words)],
            cwd=settings.BASE_DIR,
            env=given | PRODUCTION | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *words: object, **environment: str) -> str:
        """What the command says; it must end well."""
        process = self.start(*words, **environment)
        said, trouble = process.communicate(timeout=LONG)
        assert process.returncode == 0, trouble
        return said

    def trouble(self, *words: object, **environment: str) -> str:
        """The one line with which the command refuses."""
        process = self.start(*words, **environment)
        said, trouble = process.communicate(timeout=LONG)
        assert process.returncode == 1, said + trouble
        assert trouble.startswith("CommandError: "), trouble
        assert trouble.count("\n") == 1, trouble
        return trouble.removeprefix("CommandError: ").strip()

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Let Django in this process work on this database instead of its own."""
        own, used = connections["default"], connections.create_connection("default")
        used.settings_dict = {**used.settings_dict, "NAME": self.name}
        connections["default"] = used
        try:
            yield
        finally:
            used.close()
            connections["default"] = own


def kill(process: subprocess.Popen) -> None:
    """End it as a power cut would. What it had started may still hold its output."""
    process.kill()
    process.wait()
    process.stdout.close()
    process.stderr.close()


@contextmanager
def scratch(word: str, like: str | None = None) -> Iterator[Scratch]:
    """A new database: empty, or a copy of another one that nobody is using."""
    made = Scratch(f"{connection.settings_dict['NAME']}_{word}")
    template = Identifier(like or "template0")
    name = Identifier(made.name)
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        server.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(name, template))
    try:
        yield made
    finally:
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
            server.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(name))


@contextmanager
def migrated(word: str, blocker) -> Iterator[Scratch]:
    """A copy of the tests' own database, without a row of ours."""
    own = connection.settings_dict["NAME"]
    with blocker.unblock():
        connection.close()
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        server.execute(f"{others} WHERE datname = %s", [own])
    with scratch(word, like=own) as made:
        yield made
