"""`manage.py seed`: load the starter content."""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError

from hub.content import Loader
from hub.registers import Registers


class Command(BaseCommand):
    """Loads content/ (guides, topics, pages, pathways, registers); a second run adds
    nothing."""

    help = __doc__

    def add_arguments(self, parser) -> None:
        """Take another folder for tests and for other instances of the site."""
        parser.add_argument(
            "--content",
            type=Path,
            default=settings.BASE_DIR / "content",
            help="the folder to load (default: content/)",
        )

    def handle(self, *, content: Path, **options) -> None:
        """Load, and say what was added, what is wrong where, and what is left to
        curators."""
        loader = Loader(content)
        try:
            loader.load()
        except OSError as error:
            problem = f"{error.filename} cannot be read: {error.strerror}."
            raise CommandError(problem) from None
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from None
        added = ", ".join(f"{number} {name}" for name, number in loader.added.items())
        self.stdout.write(f"Added {added}." if added else "Nothing new to add.")
        for said in Registers(loader).left_to_curators():
            self.stdout.write(said)
