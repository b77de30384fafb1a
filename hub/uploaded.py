"""The uploaded files of the site, wherever they are kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from django.core.files import File
from django.core.files.storage import default_storage, storages

from hub.backup_file import BackupTrouble, digest_of
from hub.storage import DatabaseStorage


def are_in_database() -> bool:
    """Whether a dump of the database has them."""
    return isinstance(storages["default"], DatabaseStorage)


@contextmanager
def asked() -> Iterator[None]:
    """Raises BackupTrouble when the storage does not do what is asked here."""
    try:
        yield
    except (FileNotFoundError, BackupTrouble):
        raise
    except Exception as error:  # each storage raises what it likes
        words = " ".join(str(error).split())
        raise BackupTrouble(f"The storage of files fails: {words}") from None


def every_name(folder: str = "") -> Iterator[str]:
    """The names of all files, folder by folder."""
    with asked():
        folders, files = default_storage.listdir(folder)
    yield from sorted(f"{folder}{file}" for file in files if file)
    for inner in sorted(filter(None, folders)):
        yield from every_name(f"{folder}{inner}/")


def put_back(name: str, content: IO[bytes], checksum: str) -> None:
    """Store a file under its own name; it may be there already, from a first try.

    Raises BackupTrouble when another file has that name.
    """
    with asked():
        if not default_storage.exists(name):
            default_storage.save(name, File(content, name=name))
            return
        with default_storage.open(name) as there:
            is_same = digest_of(there) == checksum
    if not is_same:
        raise BackupTrouble(
            f"The storage holds another file called {name}: use an empty one."
        )
