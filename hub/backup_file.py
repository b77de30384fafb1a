"""One file that holds a whole site: a tar of parts, and at its end a manifest.

The manifest says what each part must be, and a seal what the manifest must be. Both
come last, so a file that was cut short has none.
"""

import fcntl
import json
import os
import tarfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import IO, Any

FORMAT = 1
KIND = "Handover backup"
MANIFEST = "manifest.json"
SEAL = "manifest.sha256"
NOT_WHOLE = "is cut short or damaged, or no backup of Handover."
PIECE = 1 << 20  # bytes in memory at a time

Members = dict[str, tarfile.TarInfo]


class BackupTrouble(Exception):
    """Why a file cannot be written or trusted, in one line."""


@contextmanager
def writing(path: Path) -> Iterator["Writer"]:
    """A new backup; it gets its name when it is whole and on the disk."""
    if path.exists():
        raise BackupTrouble(f"{path} is there already: choose another name.")
    part = path.with_name(f"{path.name}.part")
    how = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW
    with os.fdopen(os.open(part, how, 0o600), "w+b") as file:
        _hold(file, part)
        try:
            file.truncate()
            yield Writer(file)
            file.flush()
            os.fsync(file.fileno())
            part.rename(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


class Writer:
    """Takes parts as they come, however long, and then the manifest."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.parts: dict[str, dict[str, Any]] = {}

    def add(self, name: str, content: IO[bytes]) -> None:
        """Write one part. Its size is known only afterwards, so its head comes last."""
        head = tarfile.TarInfo(name)
        head.mode, head.mtime = 0o600, int(time.time())
        start, digest = self.file.tell(), sha256()
        self.file.write(head.tobuf(tarfile.GNU_FORMAT))
        while piece := content.read(PIECE):
            self.file.write(piece)
            digest.update(piece)
            head.size += len(piece)
        self.file.write(bytes(-head.size % tarfile.BLOCKSIZE))
        self.file.seek(start)
        self.file.write(head.tobuf(tarfile.GNU_FORMAT))
        self.file.seek(0, os.SEEK_END)
        self.parts[name] = {"bytes": head.size, "sha256": digest.hexdigest()}

    def finish(self, about: dict[str, Any]) -> None:
        """Write the manifest and its seal; nothing comes after them."""
        manifest = {"kind": KIND, "format": FORMAT} | about | {"parts": self.parts}
        written = json.dumps(manifest, indent=1, ensure_ascii=False).encode()
        self.add(MANIFEST, BytesIO(written))
        self.add(SEAL, BytesIO(sha256(written).hexdigest().encode()))
        self.file.write(bytes(2 * tarfile.BLOCKSIZE))


@contextmanager
def reading(path: Path) -> Iterator["Reader"]:
    """A backup that was written here. Raises BackupTrouble if the file is cut short,
    is something else, or is of a format that is not known here."""
    with ExitStack() as opened:
        try:
            tar = opened.enter_context(tarfile.open(path, "r:"))
            members = {member.name: member for member in tar}
        except OSError as error:
            raise BackupTrouble(f"{path} cannot be read: {error.strerror}.") from None
        except tarfile.TarError:
            raise BackupTrouble(f"{path} {NOT_WHOLE}") from None
        yield Reader(path, tar, members)


class Reader:
    """The parts of a backup. Nothing of it is ever unpacked to a path."""

    def __init__(self, path: Path, tar: tarfile.TarFile, members: Members) -> None:
        self.path, self.tar, self.members = path, tar, members
        self.manifest = self._read_manifest()

    @property
    def media(self) -> dict[str, str]:
        """The uploaded files in it, with their checksums."""
        parts = self.manifest["parts"].items()
        files = {name: part["sha256"] for name, part in parts if "/" in name}
        return {name.removeprefix("media/"): known for name, known in files.items()}

    def open(self, name: str) -> IO[bytes]:
        """One part, to read from the start."""
        return self.tar.extractfile(self.members[name])

    def check(self) -> None:
        """Read every part. Raises BackupTrouble at the first that is not as written."""
        parts = self.manifest["parts"]
        if set(parts) != set(self.members) - {MANIFEST, SEAL}:
            raise BackupTrouble(f"{self.path} is damaged: its parts are not all there.")
        for name, part in parts.items():
            if digest_of(self.open(name)) != part["sha256"]:
                raise BackupTrouble(f"{self.path} is damaged: {name} has changed.")

    def _read_manifest(self) -> dict[str, Any]:
        if not self._has_its_end():
            raise BackupTrouble(f"{self.path} {NOT_WHOLE}")
        written = self.open(MANIFEST).read()
        if sha256(written).hexdigest().encode() != self.open(SEAL).read():
            raise BackupTrouble(f"{self.path} is damaged: its manifest has changed.")
        manifest = json.loads(written)
        if manifest.get("kind") != KIND:
            raise BackupTrouble(f"{self.path} is no backup of Handover.")
        if manifest["format"] > FORMAT:
            raise BackupTrouble(
                f"{self.path} is of format {manifest['format']}, and this version "
                f"reads up to {FORMAT}: restore it with a newer version of the site."
            )
        return manifest

    def _has_its_end(self) -> bool:
        if not {MANIFEST, SEAL} <= set(self.members):
            return False
        if not all(member.isreg() for member in self.members.values()):
            return False
        end = self.members[SEAL].offset_data + 3 * tarfile.BLOCKSIZE
        return self.path.stat().st_size == end


def digest_of(content: IO[bytes]) -> str:
    """The checksum of what is left to read, piece by piece."""
    digest = sha256()
    while piece := content.read(PIECE):
        digest.update(piece)
    return digest.hexdigest()


def _hold(file: IO[bytes], part: Path) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise BackupTrouble(f"{part} is being written by another backup.") from None
