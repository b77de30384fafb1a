"""Runs `pg_dump` and `pg_restore` on the site's database."""

import glob
import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from django.db import connection
from psycopg import pq

from hub import children
from hub.postgres_program import wheel


class ToolTrouble(Exception):
    """Why a program of PostgreSQL did not do its work, in one line."""


def server_major() -> int:
    """The number that the server and the programs that copy it must share."""
    connection.ensure_connection()
    return connection.pg_version // 10_000


def find_tool(name: str, major: int) -> Path:
    """A program of this major version.

    A newer one would write backups that the server's own programs cannot restore.
    """
    folders = [Path(found) for found in glob.glob("/usr/lib/postgresql/*/bin")]
    if package := wheel():
        folders.append(package / "pginstall/bin")
    if found := shutil.which(name):
        folders.append(Path(found).parent)
    for tool in (folder / name for folder in folders):
        if tool.exists() and _major(tool) == major:
            return tool
    raise ToolTrouble(
        f"{name} of PostgreSQL {major}, which the server is, was not found. Install it "
        f"(Debian: apt install postgresql-client-{major})."
    )


@contextmanager
def running(name: str, *words: str, **options: Any) -> Iterator[subprocess.Popen]:
    """The program at work on the site's database.

    It is killed with this process, and when what is done here fails. Raises
    ToolTrouble if it fails itself.
    """
    tool = find_tool(name, server_major())
    with tempfile.TemporaryFile() as said:
        process = children.start(
            [tool, *words],
            farewell=signal.SIGKILL,
            stderr=said,
            env=os.environ | _libpq(),
            **options,
        )
        try:
            yield process
        except BrokenPipeError:
            pass  # it has ended, and says why
        except BaseException:
            process.kill()
            raise
        finally:
            for pipe in filter(None, (process.stdin, process.stdout)):
                _close(pipe)
            process.wait()
        if process.returncode:
            raise ToolTrouble(f"{name} failed: {_reason(said)}")


def _libpq() -> dict[str, str]:
    """Variables that lead to the database: a command line is for everybody to read."""
    given = connection.get_connection_params()
    known = pq.Conninfo.get_defaults()
    names = {option.keyword.decode(): option.envvar for option in known}
    return {
        names[name].decode(): str(value)
        for name, value in given.items()
        if names.get(name) and value is not None
    }


def _major(tool: Path) -> int:
    command = [str(tool), "--version"]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    found = re.search(r"\) (\d+)", told)
    return int(found[1]) if found else 0


def _close(pipe: IO) -> None:
    with suppress(BrokenPipeError):  # it has ended, and says why
        pipe.close()


def _reason(said: IO[bytes]) -> str:
    said.seek(0)
    lines = said.read().decode(errors="replace").strip().splitlines()
    told = [line for line in lines if "error" in line.lower()] or lines or ["killed"]
    return re.sub(r"^\w+: (error: )?", "", told[0])
