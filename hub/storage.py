"""Files in the database: one thing to run, to back up and to restore."""

from io import BytesIO

from django.core.files import File
from django.core.files.storage import Storage
from django.db.models import BinaryField
from django.db.models.functions import Length

from hub.models import StoredFile

BinaryField.register_lookup(Length)


class DatabaseStorage(Storage):
    """Keeps each file in a row. They are read whole, so it suits files of a few
    megabytes; for more there is S3."""

    def exists(self, name: str) -> bool:
        """Whether a file of this name is kept."""
        return StoredFile.objects.filter(name=name).exists()

    def size(self, name: str) -> int:
        """How many bytes it has. Raises FileNotFoundError."""
        return self._row(name, "content__length")

    def delete(self, name: str) -> None:
        """Forget the file; nothing happens when there is none."""
        StoredFile.objects.filter(name=name).delete()

    def _open(self, name: str, mode: str = "rb") -> File:
        if mode != "rb":
            raise ValueError("Files in the database are written once, by save().")
        return File(BytesIO(self._row(name, "content")), name=name)

    def _save(self, name: str, content: File) -> str:
        StoredFile.objects.create(name=name, content=content.read())
        return name

    def _row(self, name: str, value: str):
        found = StoredFile.objects.filter(name=name).values_list(value, flat=True)
        for row in found:
            return row
        raise FileNotFoundError(name)
