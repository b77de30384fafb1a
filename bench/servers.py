"""The servers that are measured: all on one core, whoever asks them on another."""

import getpass
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from bench import corpus
from hub import children
from hub.embedded_database import FAST, EmbeddedDatabase
from tests.faults.browser import Browser
from tests.mailbox import free_port

PROJECT = Path(__file__).parents[1]
SERVERS, CLIENTS = 0, 1  # cores
PATIENCE = 60  # seconds
TICKS = os.sysconf("SC_CLK_TCK")
# As the peers' servers: memory for the data, no compiler for short queries. The name of
# the program in the log tells the queries of pages from those of listeners.
POSTGRES = ["-c", "shared_buffers=1GB", "-c", "jit=off", "-c", "log_line_prefix=%a "]
GRANIAN = (
    "--interface wsgi --workers 1 --blocking-threads 4 --no-access-log "
    "--log-level error --host 127.0.0.1 --port"
)
# A line of PostgreSQL's log: no query of a listener, nor one that tries a connection.
QUERY = re.compile(
    r"^(?!handover-pages).*LOG:  (?:statement|execute [^:]*): "
    r"(?:SELECT(?! 1$|.*pg_reload_conf)|INSERT|UPDATE|DELETE|WITH)",
    re.M,
)
NGINX = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log stderr error;
{user}
events {{ worker_connections 1024; }}
http {{
  types {{ text/html html; }} access_log off; sendfile on; tcp_nopush on;
  keepalive_requests 100000000; server_tokens off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{ listen 127.0.0.1:{port}; root {folder}; gzip_static on; }}
}}
"""


@contextmanager
def on_core(core: int) -> Iterator[None]:
    """Have what is started meanwhile run on one core only."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


class Site:
    """A database with the corpus of one size, and what its processes need to know."""

    def __init__(self, folder: Path, size: str) -> None:
        self.size = size
        self.folder = folder.absolute() / f"threads-{size}"
        self.marker = self.folder / "corpus.json"
        self.static = self.folder.parent / "static"
        self.database = EmbeddedDatabase(self.folder / "database", options=POSTGRES)
        self.settings = {
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "hub.settings",
            "DATABASE_URL": self.database.url,
            "SECRET_KEY": "a key of the benchmarks, which keep no secret of anybody",
            "SITE_URL": "http://127.0.0.1:8000",
            "CONTACT_EMAIL": "editors@handover.example",
            "EMAIL_URL": "smtp://127.0.0.1:1",
            "STATIC_ROOT": str(self.static),
            "STAFF_NEED_SECOND_FACTOR": "0",
            "HELD_COMMENTS": "0",
            "LOG_LEVEL": "ERROR",
        }

    def start(self) -> float:
        """Start the database with the corpus in it; seconds that making it took."""
        self.manage("collectstatic", "--noinput", "--verbosity=0")
        took = 0.0 if self._has_corpus() else self._make()
        with on_core(SERVERS):
            self.database.start()
        return took

    def stop(self) -> None:
        """Stop the database."""
        self.database.stop()

    def ask(self, question: str, *given) -> list[tuple]:
        """Rows of the database, past the site."""
        with psycopg.connect(self.database.url) as connection:
            found = connection.execute(question, given)
            return found.fetchall() if found.description else []

    def forget_new_words(self) -> None:
        """Take away what was posted in a run, so that the next one finds the same."""
        last = corpus.SIZES[self.size]
        self.ask("DELETE FROM discussions_comment WHERE id > %s", last)
        self.ask(
            "DELETE FROM discussions_thread t WHERE NOT EXISTS "
            "(SELECT FROM discussions_comment c WHERE c.thread_id = t.id)"
        )
        self.ask("TRUNCATE procrastinate_jobs CASCADE")

    def queries_of(self, ask: Callable[[], object]) -> int:
        """How many queries pages make while something is asked."""
        self._log_statements("all")
        before = len(self.database.log_text())
        ask()
        self._log_statements("none")
        return len(QUERY.findall(self.database.log_text()[before:]))

    def _log_statements(self, which: str) -> None:
        with psycopg.connect(self.database.url, autocommit=True) as connection:
            connection.execute(f"ALTER SYSTEM SET log_statement = '{which}'")
            connection.execute("SELECT pg_reload_conf()")
        time.sleep(0.5)  # until every process has heard of it

    def manage(self, *words: str) -> None:
        """Run a command of the site."""
        self._run("manage.py", *words)

    def _run(self, *words: str) -> None:
        subprocess.run(
            [sys.executable, *words], cwd=PROJECT, env=self.settings, check=True
        )

    def _has_corpus(self) -> bool:
        return self.marker.exists() and json.loads(self.marker.read_text()) == (
            self._corpus_wanted()
        )

    def _corpus_wanted(self) -> dict:
        """What tells one corpus from another: how it is made, and for which tables."""
        source = Path(corpus.__file__).read_bytes()
        migrations = sorted(PROJECT.glob("*/migrations/0*.py"))
        last = {path.parts[-3]: path.stem for path in migrations}
        made_by = hashlib.sha256(source).hexdigest()
        return {"seed": corpus.SEED, "size": self.size, "made_by": made_by} | last

    def _make(self) -> float:
        shutil.rmtree(self.folder, ignore_errors=True)
        began = time.monotonic()
        self.database.options = [*POSTGRES, *FAST, "-c", "max_wal_size=8GB"]
        try:
            self.database.start()
            self.manage("migrate", "--verbosity=0")
            self.manage("createcachetable")
            self._run("-m", "bench.corpus", self.size)
        finally:
            self.database.stop()
            self.database.options = POSTGRES
        self.marker.write_text(json.dumps(self._corpus_wanted(), indent=1))
        return time.monotonic() - began


class Web:
    """One granian with one worker, on the core of the servers."""

    def __init__(
        self, site: Site, application: str = "hub.wsgi:application", **settings: str
    ) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.site = site
        self.command = [sys.executable, "-m", "granian", application]
        self.command += [*GRANIAN.split(), self.port]
        own = {"SITE_URL": self.address} if "hub" in application else {}
        self.settings = site.settings | own | settings
        self.process: subprocess.Popen | None = None

    @property
    def roots(self) -> list[int]:
        """The processes whose work, and their children's, a request costs."""
        return [self.process.pid, self.site.database.server.pid]

    def start(self, path: str = "/healthz") -> float:
        """Seconds until the first page came."""
        began = time.monotonic()
        with on_core(SERVERS):
            self.process = children.start(
                self.command, cwd=PROJECT, env=self.settings, stdout=subprocess.DEVNULL
            )
        while Browser(self.address).get(path).status != 200:
            if time.monotonic() - began > PATIENCE:
                raise TimeoutError(f"{self.address}{path} gave no page.")
            time.sleep(0.005)
        return time.monotonic() - began

    def stop(self) -> None:
        """Stop it."""
        if self.process:
            children.stop(self.process)

    def memory(self) -> float:
        """MiB of its worker, with its share of what processes have in common."""
        return max(map(_memory, descendants([self.process.pid])[1:]))


class Nginx:
    """The limit: nginx, which sends one file that was compressed before."""

    def __init__(self, folder: Path, packed: bytes, plain: bytes) -> None:
        self.folder = folder.absolute()
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "page.html").write_bytes(plain)
        (self.folder / "page.html.gz").write_bytes(packed)
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen | None = None

    @property
    def roots(self) -> list[int]:
        """The processes whose work a request costs."""
        return [self.process.pid]

    def start(self) -> None:
        """Start it and wait for the page."""
        # As root it would give its work to somebody who cannot read the page.
        user = f"user {getpass.getuser()};" if os.geteuid() == 0 else ""
        given = {"folder": self.folder, "port": self.port, "user": user}
        settings = self.folder / "nginx.conf"
        settings.write_text(NGINX.format(**given))
        nginx = shutil.which("nginx") or "/usr/sbin/nginx"
        with on_core(SERVERS):
            self.process = children.start([nginx, "-p", self.folder, "-c", settings])
        deadline = time.monotonic() + PATIENCE
        while Browser(self.address).get("/page.html").status != 200:
            if time.monotonic() > deadline:
                raise TimeoutError("nginx gave no page.")
            time.sleep(0.02)

    def stop(self) -> None:
        """Stop it."""
        if self.process:
            children.stop(self.process)


def descendants(roots: list[int]) -> list[int]:
    """These processes and those that they started, parents first."""
    found = []
    waiting = list(roots)
    while waiting:
        pid = waiting.pop(0)
        found.append(pid)
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            waiting += [int(child) for child in task.read_text().split()]
    return found


def _memory(pid: int) -> float:
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(text.partition("\nPss:")[2].split()[0]) / 1024


def cpu_seconds(roots: list[int]) -> float:
    """Seconds of processor that these and their children have used, those that have
    ended included."""
    ticks = 0
    for pid in descendants(roots):
        try:
            stat = Path(f"/proc/{pid}/stat").read_text()
        except OSError:  # it has just ended, and its parent counts it
            continue
        ticks += sum(map(int, stat.rpartition(")")[2].split()[11:15]))
    return ticks / TICKS
