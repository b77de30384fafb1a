"""How much of a file that somebody sends is taken in."""

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class LongestFile(TemporaryFileUploadHandler):
    """Keeps no more than FILE_UPLOAD_LONGEST bytes of a file.

    A longer one arrives with its true size and without content, so that its form can
    say in words that it is too large, and loses nothing else that was typed.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write the bytes while the file is short enough."""
        if start + len(raw_data) <= settings.FILE_UPLOAD_LONGEST:
            self.file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        """The file on the disk, emptied if it is too long."""
        if file_size > settings.FILE_UPLOAD_LONGEST:
            self.file.file.truncate(0)
        return super().file_complete(file_size)
