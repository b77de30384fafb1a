"""What `manage.py demo` must settle before Django reads the settings."""

import argparse
import hashlib
import os
import secrets
from pathlib import Path
from urllib.parse import quote

from hub.embedded_database import EmbeddedDatabase
from hub.postgres_program import can_reach, server_user

PROJECT = Path(__file__).resolve().parent.parent


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words that may follow `manage.py demo`."""
    parser.add_argument(
        "--port", type=_port, default=8000, help="where to listen (default: 8000)"
    )
    parser.add_argument(
        "--data",
        type=lambda folder: Path(folder).expanduser().absolute(),
        default=_usual_folder(),
        help="the folder that keeps the data from run to run (default: %(default)s)",
    )
    parser.add_argument(
        "--no-seed",
        dest="seed",
        action="store_false",
        help="start without the starter guides",
    )


def set_environment(arguments: list[str]) -> None:
    """Set what a demo's settings need; DATABASE_URL stays as it is if it is set."""
    parser = argparse.ArgumentParser("manage.py demo", add_help=False)
    add_arguments(parser)
    given = parser.parse_known_args(arguments)[0]
    is_question = {"-h", "--help"} & set(arguments)
    key = "x" * 50 if is_question else kept_secret(given.data, "secret-key")
    os.environ.setdefault("DATABASE_URL", database_in(given.data).url)
    os.environ.setdefault("LOG_LEVEL", "ERROR")
    os.environ |= {
        "DEMO": "1",
        "SECRET_KEY": key,
        "SITE_URL": f"http://127.0.0.1:{given.port}",
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "EMAIL_URL": f"file://{quote(str(given.data / 'mail'))}",
        # Nothing is collected in a demo: static files come from where they lie.
        "PYTHONWARNINGS": "ignore:No directory at:UserWarning",
    }


def database_in(folder: Path, **options) -> EmbeddedDatabase:
    """The database of the demo that keeps its data here."""
    return EmbeddedDatabase(folder / "database", **options)


def stand_in(provider: str, site: str) -> dict[str, object]:
    """Settings that put a page of this very site in the place of a provider."""
    place = f"/demo/{provider}"
    return {
        "APPS": [{"client_id": "demo", "secret": "demo" * 8}],
        "AUTHORIZE_URL": f"{place}/authorize/",  # as the visitor calls this site
        "ACCESS_TOKEN_URL": f"{site}{place}/token/",
        "PROFILE_URL": f"{site}{place}/me/",
        "ID_TOKEN_ISSUER": site,
    }


def kept_secret(folder: Path, name: str) -> str:
    """A secret that is made once and kept where only its owner can read it."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if os.geteuid() == 0 == folder.stat().st_uid:
            folder.chmod(0o711)  # PostgreSQL, as another user, must pass through
        file = folder / name
        if not file.exists() or not file.read_text():
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600), "w") as new:
                new.write(secrets.token_hex(32))
        return file.read_text()
    except OSError as error:
        raise SystemExit(str(database_in(folder).trouble(str(error)))) from None


def _port(word: str) -> int:
    if not word.isdecimal() or not 0 < int(word) < 65536:
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return int(word)


def _usual_folder() -> Path:
    """`.demo` in the project, but for root in a home that no other user can enter."""
    if can_reach(PROJECT, server_user(PROJECT)):
        return PROJECT / ".demo"
    number = hashlib.sha256(os.fsencode(PROJECT)).hexdigest()[:8]
    return Path("/var/lib", f"handover-demo-{number}")
