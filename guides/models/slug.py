"""The addresses of guides, now and before."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.text import slugify

SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
RESERVED_SLUGS = ["compare", "feed", "guides", "import", "new", "search", "wanted"]


def stem_of(title: str) -> str:
    """The address that a title makes: its words in small letters, 60 at the most."""
    return slugify(title)[:60].strip("-") or "untitled"


class OldSlug(models.Model):
    """An address that a guide had before; it leads to the guide for ever."""

    slug = models.CharField(max_length=80, unique=True)
    guide = models.ForeignKey("guides.Guide", models.CASCADE, related_name="old_slugs")
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.slug
