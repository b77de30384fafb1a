"""What people look up and find: which words to show them on the home page."""

import re
from collections import Counter
from datetime import date, timedelta

from django.db import connection, models
from django.db.models import Count, Max, Sum
from django.utils import timezone

LONGEST = 40  # letters of a search that can stand in a line with others
MOST_WORDS = 4
MOST_A_DAY = 1_000  # searches of a day that are counted one by one
KEPT = timedelta(days=90)
OFTEN = 3  # days on which somebody asked, until curators see the words
# Signs of web search, a number that may be somebody's, an address.
NOT_PLAIN = re.compile(r"[^\w\s'’&/.-]|\d{5}|(^|\s)-|@|_")


class AskedSearchQuerySet(models.QuerySet["AskedSearch"]):
    """Days of searches, with their counts."""

    def add(self, searches: Counter[str], day: date | None = None) -> None:
        """Count these searches for a day: today unless it says.

        Rows are touched in one order, so that two processes cannot block each other.
        When a day has very many searches, new ones are left out.
        """
        day = day or timezone.localdate()
        is_full = self.filter(day=day).count() >= MOST_A_DAY
        words = sorted(searches)
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO guides_askedsearch (query, day, times) "
                "SELECT given.query, %(day)s, given.times "
                "FROM unnest(%(words)s::text[], %(times)s::int[]) "
                "AS given (query, times) "
                "WHERE NOT %(is_full)s OR EXISTS (SELECT FROM guides_askedsearch known "
                "WHERE known.query = given.query AND known.day = %(day)s) "
                "ORDER BY given.query ON CONFLICT (query, day) DO UPDATE "
                "SET times = guides_askedsearch.times + EXCLUDED.times",
                {
                    "day": day,
                    "words": words,
                    "times": [searches[query] for query in words],
                    "is_full": is_full,
                },
            )

    def often(self) -> "AskedSearchQuerySet":
        """A row for each search that was asked on OFTEN days or more: `query`, `days`,
        `all_times` and `last`; the most asked first."""
        counted = (
            self.order_by()
            .values("query")
            .annotate(days=Count("pk"), all_times=Sum("times"), last=Max("day"))
        )
        return counted.filter(days__gte=OFTEN).order_by("-days", "-all_times", "query")


class AskedSearch(models.Model):
    """How often words that found something were searched for on a day."""

    query = models.CharField(max_length=LONGEST)
    day = models.DateField()
    times = models.PositiveIntegerField(default=1)

    objects = AskedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = "search with a result"
        verbose_name_plural = "searches with a result"
        indexes = [models.Index(fields=["day"], name="searches_of_a_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["query", "day"], name="asked_search_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return self.query

    @staticmethod
    def plain(words: str) -> str:
        """The words as they are counted, or "" where they are not: sentences, signs of
        web search, and what may be about a person, such as an address or a long
        number. Only what the site has words for finds something, so a name that
        nobody has written here is not counted either."""
        words = " ".join(words.lower().split())
        is_short = len(words) <= LONGEST and len(words.split()) <= MOST_WORDS
        return words if is_short and not NOT_PLAIN.search(words) else ""
