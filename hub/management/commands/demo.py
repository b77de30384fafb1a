"""`manage.py demo`: the whole site on one machine, with nothing to install."""

import errno
import http.client
import os
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, call_command
from django.db import DatabaseError, connections

from hub import children, demo
from hub.embedded_database import EmbeddedDatabase
from hub.postgres_program import DatabaseTrouble
from hub.sample_people import make_comments, make_people

PATIENCE = 30  # seconds until the first page
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
WORKER = ["manage.py", "procrastinate", "worker", "--shutdown-graceful-timeout", "5"]
# Each thread keeps a connection to the database, which has 100.
WEB = shlex.split("""
    -m granian hub.demo_wsgi:application --interface wsgi --workers 2
    --respawn-failed-workers --respawn-interval 0.5 --blocking-threads 4
    --no-access-log --log-level error --host 127.0.0.1 --port
""")
READY = """
Handover is ready: {site}/

Sign in at {site}/accounts/login/ with the password {password} as
  curator@demo.example    Sample Curator, who also looks after {site}/admin/
  newcomer@demo.example   Sample Newcomer
  veteran@demo.example    Sample Veteran
The mail it sends is shown at {site}/demo/mail/
The data is kept in {data}. Ctrl-C stops everything.
"""

Parts = dict[str, subprocess.Popen]


class Command(BaseCommand):
    """Starts a database, fills it, runs the site and its worker, and stops it all."""

    help = __doc__
    requires_system_checks = []  # they ask the database, which does not run yet

    def add_arguments(self, parser) -> None:
        """Where to listen and where to keep the data."""
        demo.add_arguments(parser)

    def handle(self, *, port: int, data: Path, seed: bool, **options) -> None:
        """Run until Ctrl-C. Any trouble ends it with one line."""
        _on_stop_signals(signal.default_int_handler)
        try:
            with ExitStack() as running:
                try:
                    self._run(running, port, data, seed)
                finally:
                    _on_stop_signals(signal.SIG_IGN)  # nothing may cut the stop short
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")
        except DatabaseTrouble as trouble:
            raise SystemExit(str(trouble)) from None

    def _run(self, running: ExitStack, port: int, data: Path, seed: bool) -> None:
        check_port(port)
        parts: Parts = {}
        database = demo.database_in(data, step=self._step)
        if database.url == os.environ["DATABASE_URL"]:
            running.callback(database.stop)
            database.start()
            parts["database"] = database.server
        password = demo.kept_secret(data, "password")[:16]
        try:
            self._fill(password, seed)
        except DatabaseError as error:
            raise _in_a_line(error, database) from error
        log = running.enter_context((data / "worker.log").open("w"))
        commands = {"worker": (WORKER, log), "web server": ([*WEB, port], None)}
        for name, (command, output) in commands.items():
            command = [sys.executable, *command]
            parts[name] = children.start(command, cwd=settings.BASE_DIR, stderr=output)
            running.callback(children.stop, parts[name])
        with self._step("Starting the site"):
            wait_for_site(port, parts)
        ready = READY.format(site=settings.SITE_URL, password=password, data=data)
        self.stdout.write(ready)
        self.stdout.flush()
        watch(parts)

    def _fill(self, password: str, seed: bool) -> None:
        with self._step("Preparing the tables"):
            call_command("migrate", verbosity=0)
            call_command("createcachetable", verbosity=0)
        if seed:
            told = StringIO()
            with self._step("Loading the starter guides"):
                call_command("seed", stdout=told)
            self.stdout.write(f"  {told.getvalue().strip()}")
        with self._step("Making sample people"):
            make_comments(*make_people(password))
        connections.close_all()

    @contextmanager
    def _step(self, words: str) -> Iterator[None]:
        started = time.monotonic()
        self.stdout.write(f"{words} … ", ending="")
        self.stdout.flush()
        try:
            yield
        except BaseException:
            self.stdout.write("")
            raise
        self.stdout.write(f"{time.monotonic() - started:.1f} s")
        self.stdout.flush()


def check_port(port: int) -> None:
    """End here if the port is taken, but for a moment's grace after a kill -9."""
    for _ in range(10):
        with socket.socket() as door:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                return door.bind(("127.0.0.1", port))
            except OSError as error:
                if error.errno != errno.EADDRINUSE:
                    raise SystemExit(
                        f"Port {port} cannot be used ({error.strerror}). "
                        "Choose one above 1023 with --port."
                    ) from None
        time.sleep(0.2)
    raise SystemExit(f"Port {port} is taken. Choose another: --port {port % 65535 + 1}")


def wait_for_site(port: int, parts: Parts) -> None:
    """Until the site says that it and its database are ready."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        _check_alive(parts)
        asked = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            asked.request("GET", "/readyz")
            if asked.getresponse().status == 200:
                return
        except (OSError, http.client.HTTPException):
            pass
        finally:
            asked.close()
        time.sleep(0.1)
    raise SystemExit(f"The site did not answer within {PATIENCE} seconds.")


def watch(parts: Parts) -> None:
    """Until one of the parts ends, which ends the demo."""
    while True:
        _check_alive(parts)
        time.sleep(0.3)


def _check_alive(parts: Parts) -> None:
    for name, child in parts.items():
        if child.poll() is not None:
            code = child.returncode
            raise SystemExit(f"The {name} ended by itself ({code}): the demo stops.")


def _on_stop_signals(handler) -> None:
    for number in STOP_SIGNALS:
        signal.signal(number, handler)


def _in_a_line(error: DatabaseError, database: EmbeddedDatabase) -> Exception:
    if database.server is None:
        line = str(error).strip().splitlines()[0]
        return SystemExit(f"The database that DATABASE_URL names said: {line}")
    told = f"{database.log_text()}\n{error}"
    return database.trouble(told) if "No space left" in told else error
