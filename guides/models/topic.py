"""The shelves that guides stand on."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone

from guides.fields import LineField

TRIES = 10  # to lock two topics while guides are put on them


class TopicQuerySet(models.QuerySet["Topic"]):
    """Topics, in the curators' order."""

    def listed(self) -> "TopicQuerySet":
        """Topics of their own: without those that were merged into another."""
        return self.filter(merged_into__isnull=True)

    def with_guides(self) -> "TopicQuerySet":
        """Topics that have live guides, with the number of these as `guide_count`."""
        live = self.filter(guides__visibility="live")
        return live.annotate(guide_count=Count("*")).order_by("order", "title")


class Topic(models.Model):
    """A subject that newcomers look for, such as money and approvals."""

    slug = models.SlugField(
        max_length=60, unique=True, help_text="The last part of its address. It stays."
    )
    title = LineField(max_length=80)
    summary = LineField(max_length=200)
    order = models.PositiveSmallIntegerField(default=0, help_text="Lowest comes first.")
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="absorbed"
    )
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    merged_at = models.DateTimeField(null=True, editable=False)
    # The keys of guides that stood on it when it was merged: here only, and on both.
    moved_guides = ArrayField(models.BigIntegerField(), default=list, editable=False)
    shared_guides = ArrayField(models.BigIntegerField(), default=list, editable=False)

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["order", "title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True, merged_at__isnull=True)
                | Q(merged_into__isnull=False, merged_at__isnull=False)
                & ~Q(merged_into=F("id")),
                name="merged_topic_has_another_topic",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where the topic's guides are listed."""
        return reverse("guides:topic", args=[self.slug])

    @transaction.atomic
    def merge(self, *, into: "Topic", by) -> None:
        """Move its guides to another topic, and send its readers there.

        Raises ValidationError when one of the two is merged already, or both are one.
        """
        other = self._lock_with(into)
        if other.pk == self.pk or other.merged_into_id or self.merged_into_id:
            raise ValidationError("Choose two topics that are not merged yet.")
        here, there = (set(topic._guide_keys()) for topic in (self, other))
        self.moved_guides, self.shared_guides = sorted(here - there), list(here & there)
        other.guides.add(*self.moved_guides)
        self.guides.clear()
        self._lead_to(other, by)

    @transaction.atomic
    def separate(self, *, by) -> None:
        """Undo a merge: the topic is its own again, with the guides that it had.

        Guides that were put on the other topic since stay there. Raises
        ValidationError when it is not merged, or the other topic is as well.
        """
        if self.merged_into is None:
            raise ValidationError("This topic is not merged, so there is no way back.")
        other = self._lock_with(self.merged_into)
        if self.merged_into_id != other.pk:
            raise ValidationError("Somebody has changed this topic since.")
        if other.merged_into_id:
            raise ValidationError(f"First make “{other}” a topic of its own again.")
        stood_here = [*self.moved_guides, *self.shared_guides]
        still_there = set(stood_here) & set(other._guide_keys())
        self._lead_to(None, by)
        self.guides.add(*still_there)
        other.guides.remove(*self.moved_guides)

    def _lock_with(self, other: "Topic") -> "Topic":
        """Wait for whoever changes one of the two, and read both again.

        Their guides come first, and all in one order, as whoever saves a guide locks
        it before its topics: so nobody waits for somebody who waits for them. When a
        guide came meanwhile, let go and begin again, as to wait for it now would be
        the wrong way round. Raises ValidationError when guides come all the time.
        """
        both = [self.pk, other.pk]
        guides = self.guides.model.objects.filter(topics__in=both).order_by("pk")
        keys = guides.values_list("pk", flat=True)
        topics = Topic.objects.select_for_update(of=["self"]).order_by("pk")
        for _ in range(TRIES):
            before = transaction.savepoint_create()
            known = set(keys.select_for_update(of=["self"]))
            rows = {topic.pk: topic for topic in topics.filter(pk__in=both)}
            if known.issuperset(keys.all()):
                transaction.savepoint_commit(before)
                self.refresh_from_db()
                return rows[other.pk]
            transaction.savepoint_rollback(before)
        raise ValidationError("Guides are put on it just now. Try again in a minute.")

    def _guide_keys(self) -> list[int]:
        return list(self.guides.order_by().values_list("pk", flat=True))

    def _lead_to(self, other: "Topic | None", by) -> None:
        self.merged_into = other
        self.merged_by, self.merged_at = (by, timezone.now()) if other else (None, None)
        changed = "merged_into", "merged_by", "merged_at"
        self.save(update_fields=[*changed, "moved_guides", "shared_guides"])
