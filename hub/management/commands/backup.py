"""`manage.py backup FILE`: the whole site in one file, while it runs."""

import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.core.management import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.utils import timezone

from hub import snapshot, uploaded
from hub.backup_file import BackupTrouble, Writer, writing
from hub.postgres_tools import ToolTrouble, running


class Command(BaseCommand):
    """Writes the database and the uploaded files, as they are at one moment, into one
    file that only its owner can read."""

    help = __doc__
    requires_system_checks = []

    def add_arguments(self, parser) -> None:
        """Where to write."""
        parser.add_argument("file", type=Path, help="a new file, on another disk")

    def handle(self, *, file: Path, **options) -> None:
        """Write it whole or not at all."""
        try:
            with writing(file) as backup:
                about = back_up(backup)
        except (BackupTrouble, ToolTrouble) as trouble:
            raise CommandError(trouble) from None
        except DatabaseError as error:
            reason = str(error).splitlines()[0]
            raise CommandError(f"The database cannot be read: {reason}") from None
        except OSError as error:
            reason = f"{file} cannot be written: {error.strerror}."
            raise CommandError(reason) from None
        self.stdout.write(
            f"{file}: {sum(about['counts'].values())} rows in {len(about['counts'])} "
            f"tables, {len(backup.parts) - 3} files beside the database, "
            f"{file.stat().st_size} bytes."
        )
        if about["left_out"]:
            words = "Waiting mails and other jobs that are not in it"
            self.stdout.write(f"{words}: {about['left_out']}.")


def back_up(backup: Writer) -> dict[str, Any]:
    """Write all parts; returns what the manifest says of the site."""
    with snapshot.snapshot() as moment:
        about = {
            "made_at": timezone.now().isoformat(timespec="seconds"),
            "postgresql": connection.pg_version,
            "migrations": snapshot.latest_migrations(),
            "files_in_database": uploaded.are_in_database(),
            "counts": snapshot.counts(),
        }
        with running(
            "pg_dump",
            "--format=custom",
            f"--snapshot={moment}",
            f"--lock-wait-timeout={snapshot.PATIENCE}",
            f"--exclude-table-data={snapshot.JOBS}*",
            stdout=subprocess.PIPE,
        ) as dump:
            backup.add("database.dump", dump.stdout)
        about["left_out"] = snapshot.waiting_jobs()
    if not about["files_in_database"]:
        add_files(backup)
    backup.finish(about)
    return about


def add_files(backup: Writer) -> None:
    """Every file of the bucket. A file is stored before the row that names it, so all
    that the dump knows are there, but for those deleted since."""
    for name in uploaded.every_name():
        with suppress(FileNotFoundError):
            with uploaded.asked():
                content = default_storage.open(name)
            with content:
                backup.add(f"media/{name}", content)
