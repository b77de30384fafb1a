"""`manage.py doctor`: what is wrong with this deployment, in plain words."""

import sys

from django.core.management import BaseCommand

from hub.doctor import examine


class Command(BaseCommand):
    """Looks at the settings, the database, the worker, mail, files and people. Ends
    with code 1 if anything is wrong. It sends nothing and leaves nothing behind."""

    help = __doc__
    requires_system_checks = []  # they are among what it looks at

    def handle(self, **options) -> None:
        """Print a line for each finding, as soon as it is known."""
        troubles = 0
        for finding in examine():
            self.stdout.write(
                f"{'ok   ' if finding.is_fine else 'WRONG'}  {finding.words}"
            )
            self.stdout.flush()
            troubles += not finding.is_fine
        if troubles:
            self.stdout.write(f"\n{troubles} to put right.")
            sys.exit(1)
        self.stdout.write("\nNothing is wrong.")
