"""`manage.py restore FILE`: a backup into an empty database."""

import shutil
import subprocess
from pathlib import Path

from django.core.management import BaseCommand, CommandError, call_command
from django.db import DatabaseError, connection
from psycopg.conninfo import make_conninfo

from hub import snapshot, uploaded
from hub.backup_file import PIECE, BackupTrouble, Reader, reading
from hub.postgres_tools import ToolTrouble, running, server_major


class Command(BaseCommand):
    """Checks a backup, puts all of it into the empty database, and counts. Waiting
    mails are not in a backup, so none is sent again."""

    help = __doc__
    requires_system_checks = []

    def add_arguments(self, parser) -> None:
        """What to restore."""
        parser.add_argument("file", type=Path, help="what `manage.py backup` wrote")

    def handle(self, *, file: Path, **options) -> None:
        """Refuse with one line, or restore everything."""
        try:
            with reading(file) as backup:
                refuse_what_does_not_fit(backup)
                backup.check()
                self._say("The file is whole.")
                restore(backup)
                compare(backup.manifest["counts"])
        except (BackupTrouble, ToolTrouble) as trouble:
            raise CommandError(trouble) from None
        except DatabaseError as error:
            reason = str(error).splitlines()[0]
            raise CommandError(f"The database does not answer: {reason}") from None
        self._tell(backup)
        self._migrate()
        self._say("Ready: start the web servers and the worker.")

    def _tell(self, backup: Reader) -> None:
        counts = backup.manifest["counts"]
        self._say(
            f"Restored the site of {backup.manifest['made_at']}: "
            f"{sum(counts.values())} rows in {len(counts)} tables, as counted then, "
            f"and {len(backup.media)} files beside the database."
        )
        if left_out := backup.manifest["left_out"]:
            self._say(f"Waiting mails and other jobs left out: {left_out}.")

    def _migrate(self) -> None:
        if waiting := snapshot.waiting_migrations():
            self._say(f"It is older than this version. Migrations to apply: {waiting}.")
            call_command("migrate", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
            cursor.execute("ANALYZE")  # or the first searches are slow

    def _say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()


def refuse_what_does_not_fit(backup: Reader) -> None:
    """Raise BackupTrouble when this site or its database cannot take the backup."""
    if unknown := snapshot.unknown_migrations(backup.manifest["migrations"]):
        raise BackupTrouble(
            f"{backup.path} comes from a newer version of the site, with the migration "
            f"{unknown[0]}: install that version first."
        )
    if (theirs := backup.manifest["postgresql"] // 10_000) > server_major():
        raise BackupTrouble(
            f"{backup.path} comes from PostgreSQL {theirs}, and this server is "
            f"{server_major()}: use a server of {theirs} or newer."
        )
    if backup.manifest["files_in_database"] != uploaded.are_in_database():
        raise BackupTrouble(
            f"{backup.path} keeps uploaded files elsewhere than this site would: set "
            "FILE_STORAGE as it was when the backup was made."
        )
    if tables := snapshot.tables_there():
        raise BackupTrouble(
            f"The database is not empty: it has the table {tables[0]}, and "
            f"{len(tables) - 1} more. Make a new one and name it in DATABASE_URL."
        )


def restore(backup: Reader) -> None:
    """The files, which may be put twice, and then the database in one transaction."""
    for name, checksum in backup.media.items():
        uploaded.put_back(name, backup.open(f"media/{name}"), checksum)
    name = connection.settings_dict["NAME"]
    with running(
        "pg_restore",
        "--single-transaction",
        "--no-owner",
        "--no-privileges",
        "--no-comments",  # one on an extension wants more rights than the site has
        f"--dbname={make_conninfo(dbname=name)}",
        stdin=subprocess.PIPE,
    ) as process:
        shutil.copyfileobj(backup.open("database.dump"), process.stdin, PIECE)


def compare(then: snapshot.Counts) -> None:
    """Raise BackupTrouble unless each table has as many rows as when it was counted."""
    with snapshot.snapshot():
        now = snapshot.counts()
    wrong = [name for name in then | now if then.get(name) != now.get(name)]
    if wrong:
        raise BackupTrouble(
            f"{wrong[0]} has {now.get(wrong[0])} rows, and had {then.get(wrong[0])} in "
            "the backup: something else writes to this database."
        )
