"""The whole site as it runs for others: its own database, web server and worker."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg.rows import dict_row

from hub import children
from hub.embedded_database import EmbeddedDatabase
from tests.faults.browser import Browser
from tests.mailbox import free_port

PROJECT = Path(__file__).parents[2]
PATIENCE = 60  # seconds until something that has to come is given up
WORKERS = 2
WEB = (
    f"-m granian hub.wsgi:application --interface wsgi --workers {WORKERS} "
    "--respawn-failed-workers --respawn-interval 4 --workers-kill-timeout 30 "
    "--blocking-threads 4 "
    "--no-access-log --log-level error --host 127.0.0.1 --port"
)
RESTARTED_AFTER = 0.3  # seconds; deploy/handover-web.service says the same
PEOPLE = 400
POSTERS = 350  # the first of them; of the others some are signed out for good,
LEAVERS = 40  # and the last are deleted


class Deployment:
    """A site with the settings of production, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.database = EmbeddedDatabase(folder / "database")
        self.web: subprocess.Popen | None = None
        self.worker: subprocess.Popen | None = None
        self.keeper: threading.Thread | None = None
        self.settings = {
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "hub.settings",
            "DATABASE_URL": self.database.url,
            "SECRET_KEY": "a key of tests that is long enough for a site of its own",
            "SITE_URL": self.address,
            "CONTACT_EMAIL": "editors@handover.example",
            "EMAIL_URL": f"smtp://127.0.0.1:{free_port()}",
            "STATIC_ROOT": str(folder / "static"),
            "STAFF_NEED_SECOND_FACTOR": "0",
            "HELD_COMMENTS": "0",
            "KEPT_PAGES_MB": os.environ.get("KEPT_PAGES_MB", "32"),
            "LOG_LEVEL": "ERROR",
            "PYTHONUNBUFFERED": "1",
        }

    def make(self) -> None:
        """Make the database, the static files, and people with a guide to discuss."""
        self.database.start()
        for command in ("migrate", "createcachetable", "collectstatic --noinput"):
            self.manage(*command.split())
        told = self.run("-m", "tests.faults.people", str(PEOPLE)).stdout
        self.slug, *self.sessions = told.split()

    def start(self, application: str = "", log: IO | None = None, **settings) -> None:
        """Start the web server, with these settings changed, and wait until it is
        ready. Whenever it ends by itself it is started again, as systemd does."""
        command = [sys.executable, *WEB.split(), str(self.port)]
        if application:
            command[3] = application
        self.is_wanted = True
        given = (command, self.settings | settings, log)
        self._start_web(*given)
        self.keeper = threading.Thread(target=self._keep, args=given, daemon=True)
        self.keeper.start()
        self.wait_until_ready()

    def stop(self) -> None:
        """Stop the web server."""
        self.is_wanted = False
        if self.web:
            children.stop(self.web)
            self.keeper.join()
            self.web = None

    def start_worker(self) -> None:
        """Start the worker, which sends mail."""
        command = [sys.executable, "manage.py", "procrastinate", "worker"]
        with (self.folder / "worker.log").open("a") as log:
            self.worker = children.start(
                command, cwd=PROJECT, env=self.settings, stdout=log, stderr=log
            )

    def stop_worker(self) -> None:
        """Stop the worker."""
        if self.worker:
            children.stop(self.worker)
            self.worker = None

    def _start_web(self, command: list, settings: dict, log: IO | None) -> None:
        with (self.folder / "web.log").open("a") as usual:
            output = log or usual
            self.web = children.start(
                command, cwd=PROJECT, env=settings, stdout=output, stderr=output
            )

    def _keep(self, command: list, settings: dict, log: IO | None) -> None:
        while self.is_wanted:
            self.web.wait()
            time.sleep(RESTARTED_AFTER)
            if self.is_wanted:
                children.stop(self.web)
                self._start_web(command, settings, log)

    def end(self) -> None:
        """Stop everything."""
        self.stop()
        self.stop_worker()
        self.database.stop()

    def run(self, *words: str, **settings: str) -> subprocess.CompletedProcess:
        """Run Python with these words, as a process of this site."""
        done = subprocess.run(
            [sys.executable, *words],
            cwd=PROJECT,
            env=self.settings | settings,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done

    def examine(self) -> str:
        """What `manage.py doctor` finds wrong."""
        done = subprocess.run(
            [sys.executable, "manage.py", "doctor"],
            cwd=PROJECT,
            env=self.settings,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1, done.stdout
        return done.stdout

    def manage(self, *words: str, **settings: str) -> subprocess.CompletedProcess:
        """Run a command of the site."""
        return self.run("manage.py", *words, **settings)

    def wait_until_ready(self) -> float:
        """Seconds until the site and its database answer again."""
        return until(lambda: self.reader().get("/readyz").status == 200)

    def wait_until_whole(self) -> float:
        """Seconds until all web workers are there and the site answers."""
        began = time.monotonic()
        until(lambda: len(self.workers()) == WORKERS)
        self.wait_until_ready()
        return time.monotonic() - began

    def workers(self) -> list[int]:
        """The numbers of the web server's worker processes."""
        tasks = Path(f"/proc/{self.web.pid}/task").glob("*/children")
        try:
            found = [int(pid) for task in tasks for pid in task.read_text().split()]
        except OSError:  # it has just ended
            return []
        return [pid for pid in found if children.is_alive(pid, r"[^)]*")]

    def kill_a_worker(self, chance: random.Random) -> None:
        """kill -9 one of the web workers, once there is one, and see it gone: for some
        milliseconds it would still count as one that answers."""
        until(self.workers)
        with suppress(IndexError, ProcessLookupError):
            killed = chance.choice(self.workers())
            os.kill(killed, signal.SIGKILL)
            until(lambda: killed not in self.workers())

    def restart_database(self, how: signal.Signals) -> None:
        """Stop PostgreSQL (SIGINT: fast, SIGQUIT: immediately, as after a crash) and
        start it again."""
        with self.without_database(how):
            pass

    @contextmanager
    def without_database(self, how: signal.Signals = signal.SIGINT) -> Iterator[None]:
        """While PostgreSQL is stopped."""
        children.stop(self.database.server, how, PATIENCE)
        self.database.stop()
        try:
            yield
        finally:
            self.database.start()

    def memory_of(self, pid: int) -> float:
        """MiB that a process holds."""
        status = Path(f"/proc/{pid}/status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024

    def reader(self, address: str = "") -> Browser:
        """A browser of somebody who is signed out, who goes through a proxy perhaps."""
        return Browser(address or self.address)

    def member(self, number: int, address: str = "") -> Browser:
        """A browser in which one of the people is signed in."""
        return Browser(address or self.address, session=self.sessions[number])

    def ask(self, question: str, *given) -> list[dict]:
        """Rows of the database, past the site."""
        with psycopg.connect(self.database.url, row_factory=dict_row) as connection:
            found = connection.execute(question, given)
            return found.fetchall() if found.description else []

    @contextmanager
    def locked(self, question: str, *given) -> Iterator[psycopg.Connection]:
        """While some transaction past the site holds what this asks for."""
        with psycopg.connect(self.database.url) as connection:
            connection.execute(question, given)
            yield connection
            connection.rollback()

    def has_somebody_waiting(self) -> bool:
        """Whether anybody waits for a lock."""
        return bool(self.ask("SELECT 1 FROM pg_locks WHERE NOT granted"))

    def log(self) -> str:
        """What the web server wrote."""
        return (self.folder / "web.log").read_text(errors="replace")


def timed(ask: Callable, *given) -> tuple[Any, float]:
    """What comes of asking, and the seconds it took."""
    began = time.monotonic()
    answer = ask(*given)
    return answer, time.monotonic() - began


def worst(seconds: list[float]) -> str:
    """The longest of some times, in words."""
    return f"{max(seconds):.2f} s at most"


def until(holds: Callable[[], object], patience: float = PATIENCE) -> float:
    """Seconds until something holds; fails when it never does."""
    began = time.monotonic()
    while time.monotonic() - began < patience:
        if holds():
            return time.monotonic() - began
        time.sleep(0.02)
    raise AssertionError(f"{holds} did not come true within {patience} seconds")
