"""A PostgreSQL server that needs no installing, for the demo and the tests.

It listens on a Unix socket only, in a folder that nobody else may open. Never use
it in production: there DATABASE_URL names a server that somebody looks after.
"""

import fcntl
import hashlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psycopg

from hub import children
from hub.postgres_program import DatabaseTrouble, can_reach, find_program, server_user

PATIENCE = 30  # seconds; a server may have to recover on a slow disk
ROOM_NEEDED = 200_000_000  # bytes for new data and a copy of the program
LONGEST_SOCKET = 103  # bytes; Linux takes 107, macOS 103
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
CANNOT_WRITE = (
    "Permission denied|Read-only file system|Operation not permitted"
    "|No such file or directory|Not a directory|File exists"
)
FAST = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]

Step = Callable[[str], AbstractContextManager]


class EmbeddedDatabase:
    """A server whose data is in `folder`, running from `start` to `stop`.

    `step` is told of each slow part and wraps it. `options` go to the server; FAST
    is for data that a power cut may take. With `extension` it is a server of this
    machine that has it.
    """

    def __init__(
        self,
        folder: Path,
        *,
        step: Step = nullcontext,
        options: Sequence[str] = (),
        extension: str = "",
    ) -> None:
        self.folder = Path(folder).absolute()
        self.data = self.folder / "data"
        self.log = self.folder / "log"
        self.socket = _socket_folder(self.folder)
        self.step = step
        self.options = options
        self.extension = extension
        self.server: subprocess.Popen | None = None
        self._lock: IO | None = None

    @property
    def url(self) -> str:
        """What to put into DATABASE_URL."""
        return f"postgresql://postgres@/postgres?host={quote(str(self.socket))}"

    def start(self) -> None:
        """Start the server; the first time, make its data.

        Raises DatabaseTrouble when that is not possible.
        """
        try:
            self._prepare_folders()
            self._take_lock()
            self._choose_program()
            self._end_leftover()
            if not self.data.exists():
                self._create()
            self._check_version()
            with self.step(f"Starting PostgreSQL {self.program.major}"):
                self._launch()
        except BaseException as error:
            self.stop()
            if isinstance(error, OSError):
                raise self.trouble(str(error)) from error
            raise

    def stop(self) -> None:
        """Stop the server; it writes everything first."""
        if self.server:
            children.stop(self.server, signal.SIGINT, PATIENCE)
        if self._lock:
            if self.socket != self.folder:
                shutil.rmtree(self.socket, ignore_errors=True)
            self._lock.close()
            self._lock = None

    def trouble(self, told: str) -> DatabaseTrouble:
        """What went wrong, in plain words, from what a program or its log told."""
        if "No space left on device" in told or self._free_bytes() < 1_000_000:
            return DatabaseTrouble(
                f"The disk that holds {self.folder} is full. "
                "Free some space, or use another folder with --data."
            )
        if re.search(CANNOT_WRITE, told):
            return DatabaseTrouble(
                f"{self.folder} cannot be made or written to. "
                "Use another folder with --data."
            )
        lines = re.findall(r"(?:FATAL|PANIC|error): *(.*)", told) or [told.strip()]
        return DatabaseTrouble(f"PostgreSQL ended: {lines[-1]} (see {self.log})")

    def log_text(self) -> str:
        """What the server wrote since it was started last."""
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def _free_bytes(self) -> int:
        there = next(place for place in self.data.parents if place.is_dir())
        return shutil.disk_usage(there).free

    def _prepare_folders(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.who = server_user(self.folder)
        owner = self.who.get("user", os.geteuid())
        for folder in dict.fromkeys((self.folder, self.socket)):
            folder.mkdir(exist_ok=True, mode=0o700)
            found = folder.lstat()
            if folder.is_symlink() or found.st_uid not in {owner, os.geteuid()}:
                raise DatabaseTrouble(
                    f"{folder} belongs to somebody else. "
                    "Use another folder with --data."
                )
            if self.who:
                os.chown(folder, owner, self.who["group"])
        if self.who and not can_reach(self.folder, self.who):
            raise DatabaseTrouble(
                f"As root, PostgreSQL runs as another user, who cannot reach "
                f"{self.folder}. Use --data /var/lib/handover-demo."
            )

    def _take_lock(self) -> None:
        lock = (self.folder / "lock").open("a")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            raise DatabaseTrouble(
                f"{self.folder} is in use by another demo. "
                "Stop that one, or use another folder with --data."
            ) from None
        self._lock = lock

    def _choose_program(self) -> None:
        self.program = find_program(self.extension)
        if self.who and not can_reach(self.program.bin / "postgres", self.who):
            with self.step("Copying PostgreSQL to where it can run"):
                self.program = self.program.copy_into(self.folder, self.who)

    def _end_leftover(self) -> None:
        """End a server that outlived its parent, and forget one that did not."""
        pid_file = self.data / "postmaster.pid"
        if not pid_file.exists():
            return
        pid = int((pid_file.read_text().split() or ["0"])[0])
        deadline = time.monotonic() + PATIENCE
        while children.is_alive(pid, "postgres") and time.monotonic() < deadline:
            os.kill(pid, signal.SIGINT)
            time.sleep(0.2)
        if children.is_alive(pid, "postgres"):
            raise DatabaseTrouble(f"An older server, process {pid}, does not end.")
        if children.exists(pid):  # another process has its number now
            for file in (pid_file, *self.socket.glob(".s.PGSQL.*")):
                file.unlink(missing_ok=True)

    def _create(self) -> None:
        if self._free_bytes() < ROOM_NEEDED:
            raise self.trouble("No space left on device")
        part = self.folder / "data.part"  # data whose making was cut short is no data
        shutil.rmtree(part, ignore_errors=True)
        command = [self.program.bin / "initdb", "-D", part, "-U", "postgres"]
        command += ["-A", "trust", "-E", "UTF8", "--no-sync", *self.program.locale]
        with self.step("Making a database"):
            made = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                cwd="/",
                env=ENVIRONMENT,
                check=False,
                **self.who,
            )
        if made.returncode:
            shutil.rmtree(part, ignore_errors=True)
            raise self.trouble(made.stderr)
        part.rename(self.data)

    def _check_version(self) -> None:
        made_by = (self.data / "PG_VERSION").read_text().strip()
        if made_by != str(self.program.major):
            raise DatabaseTrouble(
                f"{self.folder} was made by PostgreSQL {made_by}, and this is "
                f"{self.program.major}, which cannot read it. Use another folder with "
                f"--data, or move the data with pg_dump of PostgreSQL {made_by}."
            )

    def _launch(self) -> None:
        command = [self.program.bin / "postgres", "-D", self.data, "-k", self.socket]
        command += ["-c", "listen_addresses=", *self.options]
        deadline = time.monotonic() + PATIENCE
        while True:
            with self.log.open("w") as log:
                self.server = children.start(
                    command,
                    farewell=signal.SIGINT,
                    stdout=log,
                    stderr=log,
                    cwd="/",
                    env=ENVIRONMENT,
                    **self.who,
                )
            if self._comes_up(max(deadline, time.monotonic() + 5)):
                return
            children.stop(self.server)
            # After kill -9 its helpers hold the shared memory a little longer.
            may_pass = re.search("lock file|shared memory", self.log_text())
            if not may_pass or time.monotonic() > deadline:
                raise self.trouble(self.log_text())
            time.sleep(0.3)

    def _comes_up(self, deadline: float) -> bool:
        while self.server.poll() is None and time.monotonic() < deadline:
            try:
                psycopg.connect(self.url, connect_timeout=2).close()
                return True
            except psycopg.OperationalError:
                time.sleep(0.03)
        return False


def _socket_folder(folder: Path) -> Path:
    """The folder itself, or a short one where its path is no address of a socket."""
    if _can_hold_socket(folder):
        return folder
    name = f"handover-{hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]}"
    runtime = os.environ.get("XDG_RUNTIME_DIR") if os.geteuid() else None
    places = [Path(place, name) for place in (runtime, tempfile.gettempdir()) if place]
    return next(filter(_can_hold_socket, places), Path("/tmp", name))  # noqa: S108


def _can_hold_socket(folder: Path) -> bool:
    length = len(os.fsencode(folder / ".s.PGSQL.5432"))
    return length <= LONGEST_SOCKET and not set(str(folder)) & set(',"')
