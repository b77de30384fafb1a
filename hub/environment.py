"""Read settings from the environment; a missing or wrong value stops the start."""

import os
import re
from collections.abc import Collection
from email.utils import parseaddr
from importlib.util import find_spec
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo

import dj_database_url


class Misconfigured(SystemExit):
    """Ends the process with one line that names the variable and what to do."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name} {problem}")


def text(name: str, default: str | None = None) -> str:
    """The value of a variable, or its default; required when there is none."""
    value = os.environ.get(name, "").strip() or default
    if value is None:
        raise Misconfigured(
            name,
            "is not set. To try Handover: uv run manage.py demo. "
            "To run it for others: docs/operations.md lists every variable.",
        )
    return value


def secret(name: str, default: str | None = None) -> str:
    """A secret of at least 50 characters, or its default."""
    value = text(name, default)
    if value != default and len(value) < 50:
        raise Misconfigured(name, "is too short: use 50 random characters or more.")
    return value


def one_of(name: str, default: str, known: Collection[str]) -> str:
    """One of the words that are known here."""
    value = text(name, default)
    if value not in known:
        raise Misconfigured(name, f"is not known here: {value!r}.")
    return value


def time_zone(name: str, default: str) -> str:
    """A time zone as IANA calls it, such as Europe/London."""
    value = text(name, default)
    try:
        # Reading one is quicker than to list them all; the list leaves these out.
        if value.startswith(("posix", "right/")):
            raise KeyError(value)
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        raise Misconfigured(name, f"is not known here: {value!r}.") from None
    return value


def flag(name: str, default: bool = False) -> bool:
    """A yes or no, written as 1 or 0, true or false, yes or no."""
    words = {"1": True, "true": True, "yes": True}
    words |= {"0": False, "false": False, "no": False}
    value = text(name, "yes" if default else "no").lower()
    if value not in words:
        raise Misconfigured(name, f"must be 1 or 0, not {value!r}.")
    return words[value]


def number(name: str, default: int, *, at_least: int = 0) -> int:
    """A whole number that is not below `at_least`."""
    value = text(name, str(default))
    if not value.isascii() or not value.isdecimal() or int(value) < at_least:
        problem = f"must be a whole number of at least {at_least}, not {value!r}."
        raise Misconfigured(name, problem)
    return int(value)


def words(name: str, default: str | None = None) -> list[str]:
    """A list of words parted by commas; it may be empty only by default."""
    value = text(name, default)
    found = [word.strip() for word in value.split(",") if word.strip()]
    if value and not found:
        raise Misconfigured(name, f"must be words parted by commas, not {value!r}.")
    return found


def hosts(name: str, default: str | None) -> list[str]:
    """Names of hosts, without https:// before them."""
    found = words(name, default)
    if not found or any(re.search(r"[/\s]", host) for host in found):
        problem = "must be names such as handover.example, parted by commas."
        raise Misconfigured(name, problem)
    return found


def origin(name: str, default: str | None = None) -> str:
    """The scheme and host a site is reached at, such as https://example.org."""
    value = text(name, default).rstrip("/")
    parts = _split(name, value)
    is_more = parts.path or parts.query or parts.fragment or parts.username
    is_more = is_more or len(value.split()) > 1
    if parts.scheme not in {"http", "https"} or not parts.hostname or is_more:
        problem = f"must be like https://handover.example, not {value!r}."
        raise Misconfigured(name, problem)
    return value


def address(
    name: str, default: str | None = None, *, may_have_name: bool = False
) -> str:
    """An email address; a name may stand before it only where that is allowed."""
    value = text(name, default)
    bare = parseaddr(value)[1]
    if "@" not in bare or (bare != value and not may_have_name):
        raise Misconfigured(name, f"must be an email address, not {value!r}.")
    return value


def database(name: str) -> dict[str, Any]:
    """Django's settings for the PostgreSQL database at this address."""
    value = text(name)
    try:
        found = dict(dj_database_url.parse(value))
    except (ValueError, dj_database_url.ParseError):
        found = {}
    is_postgresql = found.get("ENGINE") == "django.db.backends.postgresql"
    if not is_postgresql or not found.get("NAME"):
        problem = "must be like postgresql://user:password@host:5432/name."
        raise Misconfigured(name, problem)
    return found


def mailer(name: str, default: str) -> dict[str, Any]:
    """A mail server: smtp://, smtp+tls:// (STARTTLS) or smtps:// user:password@host.

    Also console: (prints each message) and file:///folder (writes each one).
    """
    parts = _split(name, text(name, default))
    if parts.scheme == "console":
        return {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if parts.scheme == "file" and parts.path and not parts.netloc:
        backend = "django.core.mail.backends.filebased.EmailBackend"
        return {"BACKEND": backend, "OPTIONS": {"file_path": unquote(parts.path)}}
    ports = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
    if parts.scheme not in ports or not parts.hostname:
        problem = "must be like smtp+tls://user:password@mail.example.org:587."
        raise Misconfigured(name, problem)
    return _smtp(parts, parts.port or ports[parts.scheme])


def file_storage(name: str, default: str) -> dict[str, Any]:
    """Where files that people send are kept: `database`, or a bucket of S3 or the like:
    s3://key:secret@bucket?region=…&endpoint=https://…&folder=…

    Without key and secret they come from where boto3 looks by itself.
    """
    value = text(name, default)
    if value == "database":
        return {"BACKEND": "hub.storage.DatabaseStorage"}
    parts = _split(name, value)
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    is_wrong = parts.scheme != "s3" or not parts.hostname or parts.path.strip("/")
    is_wrong = is_wrong or set(options) - {"region", "endpoint", "folder"}
    is_wrong = is_wrong or bool(parts.username) != bool(parts.password)
    endpoint = options.get("endpoint", "https://default")
    if is_wrong or not re.fullmatch(r"https?://[^/\s]+/?", endpoint):
        problem = "must be database, or like s3://key:secret@bucket?region=eu-west-2."
        raise Misconfigured(name, problem)
    if not find_spec("storages") or not find_spec("boto3"):
        problem = "needs a package for s3: pip install 'django-storages[s3]'."
        raise Misconfigured(name, problem)
    return _s3(parts, options)


def provider_keys(name: str) -> list[dict[str, str]]:
    """What a sign-in provider knows us by; nothing if neither variable is set."""
    variables = [f"{name}_CLIENT_ID", f"{name}_SECRET"]
    client_id, secret = (text(variable, "") for variable in variables)
    if bool(client_id) != bool(secret):
        missing, given = reversed(variables) if client_id else variables
        raise Misconfigured(missing, f"is not set, but {given} is: set both, or none.")
    return [{"client_id": client_id, "secret": secret}] if client_id else []


def _smtp(parts: SplitResult, port: int) -> dict[str, Any]:
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname,
            "port": port,
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_tls": parts.scheme == "smtp+tls",
            "use_ssl": parts.scheme == "smtps",
            "timeout": 10,
        },
    }


def _s3(parts: SplitResult, options: dict[str, str]) -> dict[str, Any]:
    from botocore.config import Config

    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": parts.hostname,
            "access_key": unquote(parts.username or "") or None,
            "secret_key": unquote(parts.password or "") or None,
            "region_name": options.get("region"),
            "endpoint_url": options.get("endpoint"),
            "location": options.get("folder", ""),
            "default_acl": None,  # the bucket stays private: the site hands files out
            "file_overwrite": False,
            "client_config": Config(
                connect_timeout=2,
                read_timeout=10,
                retries={"total_max_attempts": 2},
                s3={"addressing_style": "path" if "endpoint" in options else "auto"},
            ),
        },
    }


def _split(name: str, value: str) -> SplitResult:
    try:
        parts = urlsplit(value)
        _ = parts.port  # a port that is no number raises only when it is read
    except ValueError:
        raise Misconfigured(name, f"is not an address: {value!r}.") from None
    return parts
