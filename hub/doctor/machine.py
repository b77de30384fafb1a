"""The settings, this machine, and where files are kept."""

import shutil
import tempfile
from collections.abc import Iterator
from uuid import uuid4

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.core.checks import run_checks
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from hub.doctor.finding import Finding, fine, wrong

ROOM = 1_000_000_000  # bytes; uploads of several people, and a copy of a log
EXAMPLES = ("example", "example.com", "example.net", "example.org", "localhost")


def settings_are_safe() -> Iterator[Finding]:
    """The settings pass every check of `check --deploy`."""
    found = run_checks(include_deployment_checks=True)
    waiting = [message for message in found if not message.is_silenced()]
    for message in waiting:
        words = " ".join(f"{message.msg} {message.hint or ''}".split())
        yield wrong(f"{words} ({message.id})")
    if not waiting:
        yield fine("The settings pass every check of `check --deploy`.")


def contact_is_real() -> Iterator[Finding]:
    """Somebody reads what is sent to CONTACT_EMAIL."""
    address = settings.CONTACT_EMAIL
    host = address.rpartition("@")[2].lower()
    if any(host == end or host.endswith(f".{end}") for end in EXAMPLES):
        yield wrong(
            f"CONTACT_EMAIL is {address}, an address of examples: set it to a mailbox "
            "that somebody reads."
        )
    else:
        yield fine(f"Readers can write to {address}.")


def providers_have_keys() -> Iterator[Finding]:
    """Which providers people can sign in with. Half a pair of keys stops the start."""
    found = [
        name
        for name, given in settings.SOCIALACCOUNT_PROVIDERS.items()
        if given["APPS"]
    ]
    yield fine(f"Sign-in providers with keys: {', '.join(found) or 'none'}.")


def static_files_are_collected() -> Iterator[Finding]:
    """Every style and script that pages ask for is there under its hashed name."""
    if not isinstance(staticfiles_storage, ManifestFilesMixin):
        yield fine("Static files come from where they lie.")
        return
    names = {name for finder in get_finders() for name, _ in finder.list([])}
    known = staticfiles_storage.hashed_files
    missing = [name for name in sorted(names) if not _is_collected(name, known)]
    if missing:
        yield wrong(
            f"Static files that are not collected: {len(missing)}, such as "
            f"{missing[0]}. Run `manage.py collectstatic --noinput`."
        )
    else:
        yield fine(f"All {len(names)} static files are collected.")


def there_is_room() -> Iterator[Finding]:
    """Uploads wait on the disk of temporary files."""
    folder = tempfile.gettempdir()
    free = shutil.disk_usage(folder).free
    if free < ROOM:
        yield wrong(
            f"{folder} has {free // 1_000_000} MB left: free some space, or name "
            "another folder in TMPDIR."
        )
    else:
        yield fine(f"{folder} has {free // 1_000_000_000} GB left.")


def files_can_be_stored() -> Iterator[Finding]:
    """Images can be stored, read and deleted."""
    try:
        name = default_storage.save(f"doctor/{uuid4()}", ContentFile(b"ok"))
        with default_storage.open(name) as file:
            is_same = file.read() == b"ok"
        default_storage.delete(name)
    except Exception as error:  # each storage raises what it likes
        reason = " ".join(str(error).split())
        yield wrong(
            f"Uploaded files cannot be stored: look at FILE_STORAGE ({reason})."
        )
        return
    if is_same:
        yield fine("Uploaded files can be stored.")
    else:
        yield wrong("Uploaded files come back changed: look at FILE_STORAGE.")


def _is_collected(name: str, known: dict[str, str]) -> bool:
    hashed = known.get(staticfiles_storage.hash_key(name))
    return bool(hashed) and staticfiles_storage.exists(hashed)
