"""How much of a file that somebody sends is taken in, and where it waits."""

from io import BytesIO

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class LongestFile(FileUploadHandler):
    """Keeps files in memory, up to FILE_UPLOAD_LONGEST bytes each: a full disk then
    stops nobody, and no half file stays behind.

    A longer one arrives with its true size and without content, so that its form can
    say in words that it is too large, and loses nothing else that was typed.
    """

    def new_file(self, *args, **given) -> None:
        """Begin with the next file of the form."""
        super().new_file(*args, **given)
        self.content = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep the bytes while the file is short enough."""
        if start + len(raw_data) <= settings.FILE_UPLOAD_LONGEST:
            self.content.write(raw_data)
        else:
            self.content = BytesIO()

    def file_complete(self, file_size: int) -> UploadedFile:
        """The file, empty if it is too long."""
        self.content.seek(0)
        return InMemoryUploadedFile(
            self.content,
            self.field_name,
            self.file_name,
            self.content_type,
            file_size,
            self.charset,
            self.content_type_extra,
        )
