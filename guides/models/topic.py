"""The shelves that guides stand on."""

from django.db import models
from django.db.models import Count, Q
from django.urls import reverse

from guides.fields import LineField


class TopicQuerySet(models.QuerySet["Topic"]):
    """Topics, in the curators' order."""

    def with_guide_counts(self) -> "TopicQuerySet":
        """Adds `guide_count`, the number of live guides on each topic."""
        is_live = Q(guides__visibility="live")
        counted = self.annotate(guide_count=Count("guides", filter=is_live))
        return counted.order_by("order", "title")


class Topic(models.Model):
    """A subject that newcomers look for, such as money and approvals."""

    slug = models.SlugField(max_length=60, unique=True)
    title = LineField(max_length=80)
    summary = LineField(max_length=200)
    order = models.PositiveSmallIntegerField(default=0, help_text="Lowest comes first.")

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["order", "title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where the topic's guides are listed."""
        return reverse("guides:topic", args=[self.slug])
