"""Rows that have several names, are found by any of them, and hold in places."""

import re
from collections.abc import Sequence

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, F, OuterRef, Q, When
from django.db.models.functions import JSONObject

from landscape.models.place import Jurisdiction

SHORTEST_PART = 3  # letters: the index keeps them by threes
WHOLE, BEGINS, HAS = range(3)  # how near what was looked for is to a name


def names_field(*fields: str) -> models.GeneratedField:
    """Every name of a row between bars, as |Crown Commercial Service|CCS|, so that one
    index finds parts of names and, with the bars, where a name begins and ends."""
    return models.GeneratedField(
        expression=models.Func(
            *(F(field) for field in fields),
            function="names_between_bars",
            output_field=models.TextField(),
        ),
        output_field=models.TextField(),
        db_persist=True,
    )


def parts_of(words: str) -> list[str]:
    """The words one by one; none if all are so short that they stand in everything."""
    parts = re.findall(r"[^\W_]+", words)
    return parts if any(len(part) >= SHORTEST_PART for part in parts) else []


def are_named(words: str, parts: Sequence[str] | None = None) -> Q:
    """The condition on rows: a name begins so, or the names have all of the parts,
    which are those of the words."""
    begins = Q(names__icontains=f"|{words}")
    parts = parts_of(words) if parts is None else parts
    if not parts:
        return begins
    return begins | Q(*(("names__icontains", part) for part in parts))


class NamedQuerySet(models.QuerySet):
    """Rows of a register."""

    def named(self, words: str, parts: Sequence[str] | None = None) -> "NamedQuerySet":
        """Rows that have a name like this."""
        return self.filter(are_named(words, parts))

    def nearest_first(self, words: str, name: str) -> "NamedQuerySet":
        """Adds `nearness`: rows with exactly this name come first, then those that
        begin so. name: the field that is shown."""
        nearness = Case(
            When(names__icontains=f"|{words}|", then=WHOLE),
            When(names__icontains=f"|{words}", then=BEGINS),
            default=HAS,
        )
        return self.annotate(nearness=nearness).order_by("nearness", name, "pk")

    def with_places(self) -> "NamedQuerySet":
        """Adds `places`, the slug and name of each place where the row holds."""
        there = self.model._meta.get_field("jurisdictions").remote_field.related_name
        places = Jurisdiction.objects.filter(**{there: OuterRef("pk")}).order_by("name")
        place = JSONObject(slug="slug", name="name")
        return self.annotate(places=ArraySubquery(places.values(place=place)))
