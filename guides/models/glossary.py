"""The glossary as texts need it, and which state of it they were explained by."""

from datetime import date
from functools import lru_cache

from django.db import models, transaction
from django.db.models import Func, Q, Value
from django.utils import timezone

from guides.glossary import Glossary, Meaning, Place
from landscape.models import Jurisdiction, Term
from landscape.models.dates import is_before


class GlossaryVersionQuerySet(models.QuerySet):
    """The one number of the glossary's state."""

    def renew(self) -> None:
        """Have the next number, as if a term had changed."""
        self.update(number=Func(Value("guides_glossary_number"), function="nextval"))

    def begin(self, day: date) -> None:
        """Have the next number if words come into use or get old between the last day
        that was begun and this one, without anybody's doing."""
        last = self.values_list("day", flat=True).first()
        if last == day:
            return
        if last is None or meanings_on(last) != meanings_on(day):
            self.renew()
        self.update(day=day)


class GlossaryVersion(models.Model):
    """The number of the state that the glossary is in.

    The database gives a new one whenever terms, their places or places change, and
    never one that was used before, so that what was undone cannot be taken for it.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField(default=0)
    day = models.DateField(null=True, help_text="The last one that was begun.")

    objects = GlossaryVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="one_glossary_version")
        ]

    def __str__(self) -> str:
        return str(self.number)


class UnknownAcronymQuerySet(models.QuerySet):
    """Acronyms that nobody has explained."""

    def most_used(self) -> "UnknownAcronymQuerySet":
        """Those that most guides use come first."""
        return self.order_by("-guides", "short")

    @transaction.atomic
    def replace(self, used: dict[str, int]) -> None:
        """Have these, with the number of guides that use each, and no others."""
        self.exclude(short__in=used).delete()
        rows = [self.model(short=short, guides=count) for short, count in used.items()]
        self.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["short"],
            update_fields=["guides"],
        )


class UnknownAcronym(models.Model):
    """An acronym that several live guides use and the glossary does not have."""

    short = models.CharField("acronym", max_length=10, unique=True)
    guides = models.PositiveIntegerField()

    objects = UnknownAcronymQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["-guides", "short"], name="unknown_acronym_most_used")
        ]

    def __str__(self) -> str:
        return self.short


def current_glossary() -> Glossary:
    """All terms as they are today, made ready once for each state of theirs."""
    # The number is read before the terms: a newer state under an older number is
    # only explained once more.
    number = GlossaryVersion.objects.values_list("number", flat=True).first()
    return _glossary_of(number or 0, timezone.localdate())


def meanings_on(day: date) -> list[Meaning]:
    """What the terms mean that are in use on a day, or were before it."""
    rows = Term.objects.select_related("replaced_by").prefetch_related("jurisdictions")
    today = day.isoformat()
    return [_meaning(term, today) for term in rows if not is_before(today, term.since)]


@lru_cache(maxsize=2)
def _glossary_of(number: int, day: date) -> Glossary:
    rows = Jurisdiction.objects.values_list("slug", "name", "parent__slug")
    places = {slug: Place(name, around) for slug, name, around in rows}
    return Glossary(meanings_on(day), places, number)


def _meaning(term: Term, today: str) -> Meaning:
    return Meaning(
        slug=term.slug,
        short=term.short,
        long=term.long,
        meaning=term.meaning,
        forms=frozenset(term.forms),
        is_acronym=term.kind == Term.Kind.ACRONYM,
        places=frozenset(place.slug for place in term.jurisdictions.all()),
        is_explained=term.is_explained,
        is_old=bool(term.until) and is_before(term.until, today),
        now=str(term.replaced_by or ""),
        doubt=term.doubt,
    )
