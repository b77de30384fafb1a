"""`manage.py link_report`: every address elsewhere, with the rows that have it."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from yaml import YAMLError

from guides.manuscripts import REGISTERS, Unreadable, manuscript_in
from guides.outside import addresses_in, addresses_in_rows, same


@dataclass(frozen=True)
class Line:
    """One place where an address stands, and the rows that have the same one."""

    address: str
    file: str
    line: int
    rows: list[str]

    def __str__(self) -> str:
        only = f"{self.file.partition('/')[0].removesuffix('s')} only"
        return f"{self.address} {self.file}:{self.line} {', '.join(self.rows) or only}"


class Command(BaseCommand):
    """Lists the addresses of guides, pages and registers with file, line and row.

    A row is named as authors cite it: policy:equality-act-2010. Nothing is fetched,
    and no database is needed.
    """

    help = __doc__
    requires_system_checks = ()  # they ask the database, which may not be there

    def add_arguments(self, parser) -> None:
        """Take another folder, and write for programs."""
        folder = settings.BASE_DIR / "content"
        parser.add_argument("--content", type=Path, default=folder, metavar="FOLDER")
        parser.add_argument("--json", action="store_true", help="write a JSON list")

    def handle(self, *, content: Path, **options) -> None:
        """Read everything first, for a row may stand in any file."""
        try:
            lines = sorted(lines_in(content), key=lambda n: (n.address, n.file, n.line))
        except (OSError, UnicodeDecodeError, YAMLError, Unreadable) as error:
            raise CommandError(f"The content cannot be read: {error}") from None
        if options["json"]:
            told = [asdict(line) for line in lines]
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(map(str, lines)))


def lines_in(content: Path) -> Iterator[Line]:
    """All addresses of a folder. Raises OSError, YAMLError and Unreadable."""
    rows, in_rows = defaultdict(set), []
    for name, kind in REGISTERS.items():
        text = (content / name).read_text("utf-8")
        for line, address, slug in addresses_in_rows(text):
            rows[same(address)].add(f"{kind}:{slug}")
            in_rows.append(Line(address, name, line, [f"{kind}:{slug}"]))
    yield from in_rows
    for path in sorted(content.glob("*/*.md")):
        name = path.relative_to(content).as_posix()
        for line, address in addresses_in(manuscript_in(path.read_text("utf-8"))):
            yield Line(address, name, line, sorted(rows[same(address)]))
