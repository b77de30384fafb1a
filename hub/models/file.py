"""Files that the site keeps in the database."""

from django.db import models
from django.utils import timezone


class StoredFile(models.Model):
    """A file in the database: every web process sees it, every backup has it."""

    name = models.CharField(max_length=200, unique=True)
    content = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name
