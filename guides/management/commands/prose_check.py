"""`manage.py prose_check`: whether guides read well and say where they come from."""

from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from guides.manuscripts import Known, Unreadable, known_in, manuscript_in
from guides.prose import problems_in, reading_ease, words_to_avoid


class Command(BaseCommand):
    """Says file, line and what to mend; ends with 1 when there is anything.

    Long sentences, titles and summaries; acronyms that nobody explains; sections
    without a source; “Why is it like this?” blocks that lack something; what is cited
    in vain. How easily each reads and words to avoid are advice. Needs no database.
    """

    help = __doc__
    requires_system_checks = ()  # they ask the database, which may not be there

    def add_arguments(self, parser) -> None:
        """Take other files than those that come with the site."""
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
        parser.add_argument(
            "--content",
            type=Path,
            default=settings.BASE_DIR / "content",
            metavar="FOLDER",
            help="where the registers are, and guides/*.md if no file is named",
        )

    def handle(self, *, files: list[Path], content: Path, **options) -> None:
        """Read each file, and say what is wrong in it."""
        try:
            known = known_in(content)
            names = files or sorted((content / "guides").glob("*.md"))
            texts = {name: name.read_text("utf-8") for name in names}
        except (OSError, UnicodeDecodeError, Unreadable) as error:
            raise CommandError(f"The content cannot be read: {error}") from None
        found = sum(self._check(name, text, known) for name, text in texts.items())
        if found:
            raise CommandError(f"{found} to mend in {len(texts)} files.")
        self.stdout.write(f"Nothing to mend in {len(texts)} files.")

    def _check(self, path: Path, text: str, known: Known) -> int:
        name = shown(path)
        try:
            manuscript = manuscript_in(text)
        except Unreadable as error:
            self.stdout.write(f"{name}:{error.line}: {error}")
            return 1
        problems = problems_in(manuscript, known)
        for problem in problems:
            self.stdout.write(f"{name}:{problem.line}: {problem.message}")
        for advice in words_to_avoid(manuscript, known):
            self.stdout.write(f"{name}:{advice.line}: advice: {advice.message}")
        if (ease := reading_ease(manuscript, known)) is not None:
            self.stdout.write(
                f"{name}: advice: Flesch reading ease {ease:.0f}; 60 or more is plain."
            )
        return len(problems)


def shown(path: Path) -> str:
    """A path as people at the checkout type it."""
    whole = path.resolve()
    is_ours = whole.is_relative_to(settings.BASE_DIR)
    return str(whole.relative_to(settings.BASE_DIR) if is_ours else path)
