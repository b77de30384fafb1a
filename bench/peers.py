"""Other servers with a page of the same kind, where they answer on this machine.

A folder of peers holds `targets-*.tsv`: a name, an address and headers a line. Their
processes are found by the files with their numbers, in $PEERS.
"""

import os
import re
import tempfile
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from bench.load import Target

NAMES = (
    *("wordpress-stock", "wordpress-microcache", "wordpress-cache-60s-precompressed"),
    "django-orm gthread",
)
# The same guide for somebody signed in, and a comment of theirs.
WORDPRESS_SIGNED_IN, WORDPRESS_POST = (
    "wordpress-stock signed-in 50",
    "wordpress-stock post",
)
PLAIN_SIGNED_IN = "django-orm db-session gthread 50"


def that_answer(folder: Path) -> tuple[list[Target], list[str]]:
    """The peers that answer, and a note on those that do not."""
    lines = [
        line.split("\t")
        for file in sorted(folder.glob("targets-*.tsv"))
        for line in file.read_text().splitlines()
    ]
    wanted = {*NAMES, WORDPRESS_SIGNED_IN, WORDPRESS_POST, PLAIN_SIGNED_IN}
    roots = tuple(_processes())
    found = [_target(*line, roots=roots) for line in lines if line[0] in wanted]
    found = list({peer.name: peer for peer in found if _answers(peer)}.values())
    silent = wanted - {peer.name for peer in found}
    notes = [f"Did not answer: {', '.join(sorted(silent))}."] if silent else []
    return found, notes


def _target(name: str, url: str, *headers: str, roots: tuple[int, ...]) -> Target:
    said = dict(re.split(": |=", header, maxsplit=1) for header in headers)
    cookie, body = said.get("Cookie", ""), said.get("BODY", "")
    return Target(name, url, roots, cookie, body=body)


def _answers(peer: Target) -> bool:
    if urlsplit(peer.url).hostname != "127.0.0.1":  # nobody else's server
        return False
    asked = Request(peer.url, headers={"Cookie": peer.cookie} if peer.cookie else {})
    try:
        with urlopen(asked, timeout=20) as answer:
            return answer.status == 200
    except HTTPError as answer:
        return bool(peer.body) and answer.status == 405  # it takes forms only
    except (URLError, OSError):
        return False


def _processes() -> list[int]:
    folder = Path(os.environ.get("PEERS", Path(tempfile.gettempdir()) / "peers"))
    files = [*folder.glob("run/*.pid"), folder / "mysql" / "my.pid"]
    files.append(folder / "pg" / "postmaster.pid")
    return [int(file.read_text().split()[0]) for file in files if file.exists()]
