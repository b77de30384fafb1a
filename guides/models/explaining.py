"""How the terms in an edition are explained, so that reading costs nothing."""

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction

from guides.acronyms import Coverage, coverage
from guides.glossary import Glossary
from guides.models.glossary import current_glossary
from guides.terms import Explained, explain
from landscape.models import Term

BATCH = 200  # editions at a time: others wait for them as long
EXPLAINED = ("explained_html", "terms", "glossary_version")


class ExplainingQuerySet(models.QuerySet):
    """Editions, and what the glossary does for them."""

    def explain_again(self) -> int:
        """Explain anew what readers see, where that was done by another state of the
        glossary. Says how many pages it changed."""
        glossary = current_glossary()
        live = self.filter(state="published")
        behind = live.exclude(glossary_version=glossary.version)
        changed = 0
        while (some := self._explain_some(behind, glossary)) is not None:
            changed += some
        return changed

    def acronym_coverage(self) -> Coverage:
        """How many of the acronyms that live guides share are in the glossary."""
        live = self.filter(live_guide__visibility="live")
        texts = live.values_list("body_text", flat=True).order_by()
        defined = {form for term in Term.objects.all() for form in term.forms}
        return coverage(texts.iterator(chunk_size=BATCH), defined)

    @transaction.atomic
    def _explain_some(self, behind, glossary: Glossary) -> int | None:
        """The number of those that look otherwise now; None when none is left."""
        rows = behind.select_for_update(of=["self"], no_key=True)
        rows = rows.prefetch_related("guide__jurisdictions").order_by("pk")
        rows = rows.only("guide", "body_html", "muted_terms", *EXPLAINED)[:BATCH]
        if not (some := list(rows)):
            return None
        changed = [edition for edition in some if edition.explain(glossary)]
        self.bulk_update(changed, EXPLAINED)
        same = {edition.pk for edition in some} - {edition.pk for edition in changed}
        self.filter(pk__in=same).update(glossary_version=glossary.version)
        return len(changed)


class Explaining(models.Model):
    """A text in which the words of the trade lead to what they mean."""

    explained_html = models.TextField(default="", db_default="", editable=False)
    terms = models.JSONField(default=list, db_default=[], editable=False)
    glossary_version = models.BigIntegerField(default=0, db_default=0, editable=False)
    muted_terms = ArrayField(
        models.CharField(max_length=300),
        default=list,
        db_default=[],
        blank=True,
        verbose_name="leave unexplained",
    )

    class Meta:
        abstract = True

    def explain(self, glossary: Glossary | None = None) -> bool:
        """Link the first use of each term to its meaning. Says whether that changed
        what readers see."""
        glossary = glossary or current_glossary()
        explained = explain(
            self.body_html,
            glossary,
            places=[place.slug for place in self.guide.jurisdictions.all()],
            muted=self.muted_terms,
        )
        before = self.explained_html, self.terms
        # Nothing is stored twice where there is nothing to explain.
        self.explained_html = explained.html if explained.terms else ""
        self.terms, self.glossary_version = explained.terms, glossary.version
        return before != (self.explained_html, self.terms)

    @property
    def explained_acronyms(self) -> set[str]:
        """The acronyms that its readers need no other explaining of."""
        return Explained(self.shown_html, self.terms).acronyms

    @property
    def shown_html(self) -> str:
        """The text as readers see it."""
        return self.explained_html or self.body_html
