"""`manage.py migrate`: waits for its turn instead of making readers wait."""

import time

from django.core.management import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError, connections
from psycopg.errors import DeadlockDetected, LockNotAvailable

PAUSES = (1, 2, 4, 8, 16, 32)  # seconds; about a minute in all
BUSY = (
    "The tables were in use all the time: nothing is half done. Run it again when less "
    "is going on, and look in pg_stat_activity for a transaction that does not end."
)


class Command(migrate.Command):
    """Django's own, but for two things. A lock that is not free within seconds is
    given up, so that nobody queues behind it, and asked for again after a pause. Other
    statements may take as long as they need."""

    def handle(self, *args, **options) -> None:
        """Try again from the migration that did not get its lock."""
        for pause in (*PAUSES, None):
            try:
                _take_time(options["database"])
                return super().handle(*args, **options)
            except OperationalError as error:
                if not isinstance(error.__cause__, LockNotAvailable | DeadlockDetected):
                    raise
                if pause is None:
                    raise CommandError(BUSY) from None
                self.stderr.write(f"\nThe tables are in use. Again in {pause} s.")
            time.sleep(pause)


def _take_time(database: str) -> None:
    with connections[database].cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
