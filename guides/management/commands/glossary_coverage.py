"""`manage.py glossary_coverage`: how many shared acronyms the glossary explains."""

from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from guides.acronyms import Coverage, coverage
from guides.manuscripts import Unreadable, forms_in
from guides.markdown import render_guide
from guides.models import Edition

ENOUGH = 95  # of a hundred


class Command(BaseCommand):
    """Counts the acronyms that two live guides or more use, and those explained."""

    help = __doc__
    requires_system_checks = ()  # they ask the database, which may not be there

    def add_arguments(self, parser) -> None:
        """Count what comes with the site instead of what is on it."""
        parser.add_argument(
            "--content",
            nargs="?",
            type=Path,
            const=settings.BASE_DIR / "content",
            metavar="FOLDER",
            help="read guides/*.md and terms.yaml of a folder (content/), no database",
        )

    def handle(self, *, content: Path | None, **options) -> None:
        """Say the share and what is missing; end with 1 when that is too much."""
        found = coverage_of(content) if content else Edition.objects.acronym_coverage()
        every = len(found.defined) + len(found.unknown)
        self.stdout.write(
            f"{found.share:.1f} % of the acronyms used on two or more guides are in "
            f"the glossary: {len(found.defined)} of {every}."
        )
        for short, guides in found.unknown.items():
            self.stdout.write(f"{short}: not explained, on {guides} guides")
        if found.share < ENOUGH:
            raise CommandError(f"It should be {ENOUGH} % or more.")


def coverage_of(content: Path) -> Coverage:
    """The same of a folder of content."""
    try:
        texts = [path.read_text("utf-8") for path in content.glob("guides/*.md")]
        forms = forms_in((content / "terms.yaml").read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"The content cannot be read: {error}") from None
    except Unreadable as error:
        problem = f"terms.yaml, line {error.line}: {error}"
        raise CommandError(f"The content cannot be read: {problem}") from None
    bodies = (text.split("---\n", 2)[-1] for text in texts)
    return coverage((render_guide(body).text for body in bodies), forms)
