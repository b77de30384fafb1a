"""How often guides are read and help, counted a day at a time and about nobody."""

from collections import Counter
from datetime import timedelta

from django.db import connection, models
from django.db.models import OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

COUNTED = timedelta(days=30)


class ReadsQuerySet(models.QuerySet["Reads"]):
    """Days of guides, with their counts."""

    def add(self, reads: Counter, day=None) -> None:
        """Count these reads, by key of the guide, for a day: today unless it says.

        Rows are touched in one order, so that two processes cannot block each other.
        A guide that is gone meanwhile is left out.
        """
        keys = sorted(reads)
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO guides_reads (guide_id, day, reads, helped, not_helped) "
                "SELECT guide.id, %s, given.reads, 0, 0 "
                "FROM unnest(%s::bigint[], %s::int[]) AS given (id, reads) "
                "JOIN guides_guide AS guide USING (id) ORDER BY guide.id "
                "ON CONFLICT (guide_id, day) DO UPDATE "
                "SET reads = guides_reads.reads + EXCLUDED.reads",
                [day or timezone.localdate(), keys, [reads[key] for key in keys]],
            )

    def most_read(self, guides: models.QuerySet) -> "ReadsQuerySet":
        """A row for each of the guides that was read in the last thirty days, with
        the sum as `total`; the most read first."""
        since = timezone.localdate() - COUNTED
        lately = self.filter(day__gt=since, guide__in=guides.order_by())
        return lately.values("guide").annotate(total=Sum("reads")).order_by("-total")

    def say_whether_it_helped(self, guide, *, helped: bool) -> None:
        """Count one answer to "Did this help you?"."""
        name = "helped" if helped else "not_helped"
        row = self.model(guide=guide, day=timezone.localdate(), **{name: 1})
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO guides_reads (guide_id, day, reads, helped, not_helped) "
                "VALUES (%s, %s, 0, %s, %s) ON CONFLICT (guide_id, day) DO UPDATE "
                "SET helped = guides_reads.helped + EXCLUDED.helped, "
                "not_helped = guides_reads.not_helped + EXCLUDED.not_helped",
                [guide.pk, row.day, row.helped, row.not_helped],
            )


class Reads(models.Model):
    """How often a guide was read on a day, and what readers said of it."""

    guide = models.ForeignKey("guides.Guide", models.CASCADE, related_name="read_days")
    day = models.DateField()
    reads = models.PositiveIntegerField(default=0)
    helped = models.PositiveIntegerField(default=0)
    not_helped = models.PositiveIntegerField(default=0)

    objects = ReadsQuerySet.as_manager()

    class Meta:
        verbose_name = "day of a guide"
        verbose_name_plural = "reads by day"
        constraints = [
            models.UniqueConstraint(fields=["guide", "day"], name="one_row_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.guide}, {self.day}: {self.reads}"


def counted(name: str) -> Coalesce:
    """The sum of a count over the last thirty days, for a QuerySet of guides."""
    since = timezone.localdate() - COUNTED
    days = Reads.objects.filter(guide=OuterRef("pk"), day__gt=since).order_by()
    return Coalesce(Subquery(days.values("guide").values_list(Sum(name))), 0)
