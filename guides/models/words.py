"""The vocabulary that answers typing slips, and the searches nobody answered."""

import re
from datetime import date

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import connection, models
from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

WORD_PATTERN = re.compile(r"[^\W\d_]{3,40}")
MAX_WORDS = 12
MOST_A_DAY = 1_000  # searches without result that are worth a curator's time


class WordQuerySet(models.QuerySet["Word"]):
    """Words that live guides use."""

    def replace(self, old: set[str], new: set[str]) -> None:
        """Count one guide less for the old words and one more for the new.

        Rows are touched in one order, so two publications cannot block each other.
        """
        self._count(sorted(new - old), 1)
        self._count(sorted(old - new), -1)
        self.filter(guides__lte=0).delete()

    def meant_by(self, words: list[str]) -> str:
        """The words as the vocabulary spells them, or "" where nothing is close.

        Words that are known stay as they are; each other one becomes the known word
        that shares most of its letter triples, common words first.
        """
        words = words[:MAX_WORDS]
        known = {row.typed: row.word for row in self.meaning(words)}
        meant = " ".join(known.get(word, word) for word in words)
        return meant if meant != " ".join(words) else ""

    def meaning(self, words: list[str]):
        """For each word, as `typed`, the known word that it most likely means.

        Of the nearest few, the one that many guides use wins. Words are near from 0.3
        of their letter triples on, which is PostgreSQL's own idea of alike.
        """
        return self.raw(
            "SELECT DISTINCT ON (typed) near.*, typed FROM unnest(%s::text[]) AS typed "
            "CROSS JOIN LATERAL (SELECT w.id, w.word, w.guides FROM guides_word w "
            "WHERE w.word %% typed ORDER BY w.word <-> typed LIMIT 20) near "
            "WHERE abs(length(near.word) - length(typed)) <= 2 "
            "ORDER BY typed, near.word = typed DESC, "
            "similarity(near.word, typed) + ln(near.guides + 1) / 50 DESC, near.word",
            [words],
        )

    def _count(self, words: list[str], by: int) -> None:
        if not words:
            return
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO guides_word (word, guides) "
                "SELECT word, %s FROM unnest(%s::text[]) AS word ORDER BY word "
                "ON CONFLICT (word) DO UPDATE "
                "SET guides = guides_word.guides + EXCLUDED.guides",
                [by, words],
            )


class Word(models.Model):
    """A word that live guides use, and in how many of them."""

    word = models.CharField(max_length=40, unique=True)
    guides = models.IntegerField()

    objects = WordQuerySet.as_manager()

    class Meta:
        indexes = [
            # GIN, not GiST: it sees at once that nothing looks like a word.
            GinIndex(
                OpClass("word", name="gin_trgm_ops"),
                name="words_alike",
                fastupdate=False,
            ),
        ]

    def __str__(self) -> str:
        return self.word

    @staticmethod
    def words_of(text: str) -> set[str]:
        """The words in a text, in small letters, without numbers."""
        return set(WORD_PATTERN.findall(text.lower()))


class EmptySearchQuerySet(models.QuerySet["EmptySearch"]):
    """What people looked for in vain."""

    def record(self, query: str) -> None:
        """Remember the words and the day; nothing about who asked.

        Words that may be about a person (an address, a long number) are not kept.
        """
        query = " ".join(query.lower().split())[:100]
        if "@" in query or re.search(r"\d{5}", query):
            return
        today = timezone.localdate()
        if self.filter(day=today).count() < MOST_A_DAY:
            row = EmptySearch(query=query, day=today)
            self.bulk_create([row], ignore_conflicts=True)

    def most_asked(self, since: date) -> "EmptySearchQuerySet":
        """The newest row of each search since a day, with the number of `days` on
        which it was asked; the most asked first."""
        same = {"partition_by": F("query")}
        place = Window(RowNumber(), order_by=F("day").desc(), **same)
        rows = self.filter(day__gte=since)
        rows = rows.annotate(days=Window(Count("pk"), **same), place=place)
        return rows.filter(place=1).order_by("-days", "-day", "query")


class EmptySearch(models.Model):
    """Words that found no guide on a day: what curators may have written next."""

    query = models.CharField(max_length=100)
    day = models.DateField()

    objects = EmptySearchQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "query"]
        verbose_name = "search without result"
        verbose_name_plural = "searches without result"
        constraints = [
            models.UniqueConstraint(
                fields=["day", "query"], name="empty_search_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return self.query
