"""The words of the trade: acronyms, phrases, and plain words with a house meaning."""

from functools import reduce
from operator import or_

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.functions import Upper
from django.urls import reverse

from landscape.models.checked import (
    Checked,
    doubt_is_told,
    parts_of,
    slug_field,
    slug_is_a_slug,
)
from landscape.models.cycles import leads_back
from landscape.models.dates import PartialDateField, in_order
from landscape.models.named import NamedQuerySet, names_field
from landscape.models.organisation import Organisation
from landscape.models.place import Jurisdiction
from landscape.models.policy import Policy

REFERENCES = ("replaced_by", "policy", "organisation")


class TermQuerySet(NamedQuerySet):
    """Terms, as the glossary shows them."""

    def for_list(self) -> "TermQuerySet":
        """With the places of each and the rows that it leads to, by letter and not by
        how large it is written."""
        rows = self.with_places().select_related(*REFERENCES)
        return rows.order_by(Upper("short"), "slug")

    def alike(self, term: "Term") -> "TermQuerySet":
        """Every meaning of the same short form, the term's own first."""
        rows = self.filter(short__iexact=term.short).with_places()
        is_own = Case(When(pk=term.pk, then=0), default=1)
        return rows.select_related(*REFERENCES).order_by(is_own, "slug")


class Term(Checked):
    """One meaning of an acronym, a word or a phrase, and where it has it."""

    class Kind(models.TextChoices):
        ACRONYM = "acronym", "Acronym"
        WORD = "word", "Word"
        PHRASE = "phrase", "Phrase"

    slug = slug_field()
    short = models.CharField(
        max_length=80, help_text="As it stands in texts: AO, box, write-round."
    )
    long = models.CharField(max_length=160, blank=True, help_text="Spelled out.")
    meaning = models.CharField(max_length=400)
    kind = models.CharField(max_length=10, choices=Kind)
    aliases = ArrayField(
        models.CharField(max_length=160),
        default=list,
        blank=True,
        help_text="Other spellings of the same term.",
    )
    jurisdictions = models.ManyToManyField(
        Jurisdiction, blank=True, related_name="terms"
    )
    since = PartialDateField("from")
    until = PartialDateField()
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces"
    )
    policy = models.ForeignKey(
        Policy, models.SET_NULL, null=True, blank=True, related_name="terms"
    )
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="terms"
    )
    is_explained = models.BooleanField(
        "explained in guides",
        default=True,
        help_text="Its first use in a guide shows what it means. Not for plain words.",
    )
    sources = ArrayField(models.URLField(max_length=300), default=list, blank=True)
    names = names_field("short", "long", "aliases")

    objects = TermQuerySet.as_manager()

    class Meta:
        ordering = ["short", "slug"]
        indexes = [
            models.Index(Upper("short"), name="term_short_letters"),
            parts_of("names", "term_names_parts"),
        ]
        constraints = [
            slug_is_a_slug("term_slug_is_a_slug"),
            doubt_is_told("term_doubt_is_told"),
            models.CheckConstraint(
                condition=Q(kind__in=["acronym", "word", "phrase"]),
                name="term_kind_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(replaced_by=F("id")),
                name="term_does_not_replace_itself",
                violation_error_message="A term cannot take its own place.",
            ),
            in_order(
                "since",
                "until",
                "term_dates_in_order",
                "A term cannot end before it begins.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.short} ({self.long})" if self.long else self.short

    def get_absolute_url(self) -> str:
        """The page about this term, with its other meanings."""
        return reverse("landscape:term", args=[self.slug])

    @property
    def forms(self) -> set[str]:
        """Every way it may be written."""
        return {form for form in (self.short, self.long, *self.aliases) if form}

    def clean(self) -> None:
        """Refuse an alias that is another term, since one of the two would be lost,
        and a term that takes the place of one that took its own."""
        if leads_back(Term, "id", "replaced_by_id", self.pk, self.replaced_by_id):
            raise ValidationError(
                {"replaced_by": f"{self.replaced_by} gave way to {self} itself."}
            )
        for other in self._with_a_name_in_common():
            if alias := self._alias_that_is(other):
                message = f"“{alias}” is the term {other} already."
                raise ValidationError({"aliases": message})
            if alias := other._alias_that_is(self):
                message = f"“{alias}” is another name of the term {other} already."
                raise ValidationError({"short": message})

    def _with_a_name_in_common(self) -> models.QuerySet["Term"]:
        same = [Q(names__icontains=f"|{form}|") for form in self.forms]
        others = Term.objects.exclude(pk=self.pk)
        return others.filter(reduce(or_, same)) if same else others.none()

    def _alias_that_is(self, other: "Term") -> str:
        names = {name.casefold() for name in other.forms} - {self.short.casefold()}
        return next((a for a in self.aliases if a.casefold() in names), "")
