"""What curators write down about a member, for one another."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

LONGEST_NOTE = 2_000


class CuratorNote(models.Model):
    """A curator's own words about somebody. No page of the site shows it.

    It is personal data all the same: the law (UK GDPR, article 15) lets people read
    what is written about them, opinions included. So their copy of their data has the
    words and the day, without who wrote them (article 15(4): the rights of others), and
    curators are told so where they write. With the account the notes go, as nothing is
    left to look after. Until then nobody changes or deletes one: a trigger refuses it.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="curators_notes"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    words = models.TextField(
        "note",
        max_length=LONGEST_NOTE,
        help_text="What a colleague needs to know next time: facts, and what was "
        "agreed. Only curators see it here, but the person reads it when they ask for "
        "a copy of their data. It cannot be changed or deleted later.",
    )
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "curators’ note"
        verbose_name_plural = "curators’ notes"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words__regex=r"^\s*$"), name="note_has_words"
            )
        ]

    def __str__(self) -> str:
        return f"Note {self.pk}"  # the admin's log keeps this, so it holds no words
