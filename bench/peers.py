"""Other servers with a page of the same kind, where they answer on this machine.

A folder of peers holds `targets-*.tsv`: a name, an address and headers a line. Their
processes are found by the files with their numbers, in $PEERS.
"""

import os
import tempfile
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

from bench.load import Target

ASKED = ("targets-anon.tsv", "targets-others.tsv")
NAMES = (
    *("wordpress-stock", "wordpress-microcache", "wordpress-cache-60s-precompressed"),
    "django-orm gthread",
)


def that_answer(folder: Path) -> tuple[list[Target], list[str]]:
    """The peers that answer, and a note on those that do not."""
    lines = [
        line.split("\t")
        for file in ASKED
        if (folder / file).exists()
        for line in (folder / file).read_text().splitlines()
    ]
    addresses = {name: url for name, url, *_ in lines if name in NAMES}
    roots = tuple(_processes())
    found = [Target(n, url, roots) for n, url in addresses.items() if _answers(url)]
    silent = set(NAMES) - {target.name for target in found}
    notes = [f"Did not answer: {', '.join(sorted(silent))}."] if silent else []
    return found, notes


def _answers(url: str) -> bool:
    if urlsplit(url).hostname != "127.0.0.1":  # nobody else's server
        return False
    try:
        with urlopen(url, timeout=20) as answer:
            return answer.status == 200
    except (URLError, OSError):
        return False


def _processes() -> list[int]:
    folder = Path(os.environ.get("PEERS", Path(tempfile.gettempdir()) / "peers"))
    files = [*folder.glob("run/*.pid"), folder / "mysql" / "my.pid"]
    files.append(folder / "pg" / "postmaster.pid")
    return [int(file.read_text().split()[0]) for file in files if file.exists()]
