"""What the text of an edition cites from the registers of landscape."""

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from guides.citations import Register
from guides.models.review_task import ReviewTask
from guides.registers import FIELDS, replaced_by, taken_over_by
from landscape.models import FormerName, Organisation, Policy, Term


class CitationQuerySet(models.QuerySet["Citation"]):
    """Citations of one edition or of many."""

    def names(self) -> dict[tuple[str, int], str]:
        """The name by which a text calls each row, by kind and key of the row."""
        return {(row.kind, row.row_id): row.shown_as for row in self}

    def for_page(self) -> "CitationQuerySet":
        """With the rows cited, what became of them, and since when a task on the
        guide waits because of it: all that a guide's page says of them, at once."""
        guide = OuterRef("edition__guide")
        tasks = ReviewTask.objects.open().filter(guide=guide)
        same = Q(policy=OuterRef("policy")) | Q(organisation=OuterRef("organisation"))
        names = FormerName.objects.filter(
            organisation=OuterRef("organisation"), name=OuterRef("shown_as")
        )
        rows = self.select_related("policy", "organisation", "term")
        return rows.annotate(
            replaced_by=replaced_by("policy"),
            taken_over_by=taken_over_by("organisation"),
            called_so_until=Subquery(names.order_by("-until").values("until")[:1]),
            waits_since=Subquery(tasks.filter(same).values("opened_at")[:1]),
        ).order_by("pk")

    def keep(self, edition, cited: list, register: Register) -> None:
        """Store what an edition cites, and nothing else, in a few queries.

        The day of the last check goes along with a citation from the edition that
        readers see, for a new date must come from a check, not from a spelling.
        """
        mine, known = [], {}
        live = edition.guide.live_edition_id
        for row in self.filter(edition__in={edition.pk, live} - {None}):
            claim = row.key[1:]
            known[claim] = max(row.checked_on, known.get(claim, row.checked_on))
            mine += [row] if row.edition_id == edition.pk else []
        written = timezone.localdate(edition.published_at or timezone.now())
        day = edition.sources_read_on or written
        new = {}
        for cites in cited:
            if (found := register.get(cites.key)) and found.name:
                row = self.model(
                    edition=edition,
                    block=cites.block,
                    section=cites.section,
                    quoted=cites.quoted,
                    shown_as=found.name,
                    **{f"{FIELDS[cites.kind]}_id": found.pk},
                )
                row.checked_on = known.get(row.key[1:], day)
                new[row.key] = row
        same = {r.key for r in mine if r.key in new and new[r.key].is_like(r)}
        if gone := [row.pk for row in mine if row.key not in same]:
            self.filter(pk__in=gone).delete()
        if added := [row for key, row in new.items() if key not in same]:
            self.bulk_create(added)


class Citation(models.Model):
    """One block of an edition that rests on a policy, or names a body or a term."""

    edition = models.ForeignKey(
        "guides.Edition", models.CASCADE, related_name="citations"
    )
    block = models.CharField(max_length=20, blank=True)
    policy = models.ForeignKey(
        Policy, models.PROTECT, null=True, related_name="citations"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="citations"
    )
    term = models.ForeignKey(Term, models.PROTECT, null=True, related_name="citations")
    section = models.CharField(max_length=60, blank=True)
    quoted = models.CharField("exact words", max_length=400, blank=True)
    shown_as = models.CharField(
        max_length=200, help_text="What it was called when the edition was written."
    )
    checked_on = models.DateField(
        help_text="The day it was written down or last checked."
    )

    objects = CitationQuerySet.as_manager()

    class Meta:
        ordering = ["edition", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    policy__isnull=False, organisation__isnull=True, term__isnull=True
                )
                | Q(policy__isnull=True, organisation__isnull=False, term__isnull=True)
                | Q(policy__isnull=True, organisation__isnull=True, term__isnull=False),
                name="citation_is_of_one_row",
            ),
            models.UniqueConstraint(
                fields=[
                    *("edition", "block", "policy", "organisation", "term"),
                    *("section", "quoted"),
                ],
                name="citation_once_a_block",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shown_as} {self.section}".strip()

    @property
    def kind(self) -> str:
        """Which register it is of: policy, org or term."""
        return next(k for k, name in FIELDS.items() if getattr(self, f"{name}_id"))

    @property
    def row_id(self) -> int:
        """The key of the row cited."""
        return self.policy_id or self.organisation_id or self.term_id

    @property
    def row(self) -> Policy | Organisation | Term:
        """The row cited."""
        return self.policy or self.organisation or self.term

    @property
    def key(self) -> tuple:
        """What tells two citations of one edition apart; without the block, what tells
        two claims apart wherever they stand."""
        return self.block, self.kind, self.row_id, self.section, self.quoted

    def is_like(self, other: "Citation") -> bool:
        """Whether nothing that is stored differs."""
        return (self.shown_as, self.checked_on) == (other.shown_as, other.checked_on)
