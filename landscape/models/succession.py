"""What became of public bodies."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.expressions import RawSQL

from landscape.models.cycles import leads_back
from landscape.models.dates import PartialDateField
from landscape.models.former_name import FormerName
from landscape.models.organisation import Organisation

# Steps by which whole bodies went on, forwards from some.
AHEAD = """
WITH RECURSIVE whole AS NOT MATERIALIZED (
    SELECT * FROM landscape_succession WHERE kind <> 'took-over'
),
ahead(id) AS (
    SELECT unnest(%s::bigint[])
    UNION SELECT s.new_id FROM whole s JOIN ahead ON s.old_id = ahead.id
)
SELECT s.id FROM whole s JOIN ahead ON s.old_id = ahead.id
"""
# The same backwards too, and what work a body took over or gave away.
LINE = """
WITH RECURSIVE whole AS NOT MATERIALIZED (
    SELECT * FROM landscape_succession WHERE kind <> 'took-over'
),
body(id) AS (SELECT unnest(%s::bigint[])),
ahead(id) AS (
    SELECT id FROM body
    UNION SELECT s.new_id FROM whole s JOIN ahead ON s.old_id = ahead.id
),
behind(id) AS (
    SELECT id FROM body
    UNION SELECT s.old_id FROM whole s JOIN behind ON s.new_id = behind.id
)
SELECT s.id FROM whole s JOIN ahead ON s.old_id = ahead.id
UNION SELECT s.id FROM whole s JOIN behind ON s.new_id = behind.id
UNION SELECT s.id FROM landscape_succession s JOIN body ON body.id = s.old_id
UNION SELECT s.id FROM landscape_succession s JOIN body ON body.id = s.new_id
"""


class SuccessionQuerySet(models.QuerySet["Succession"]):
    """Steps from one body to another."""

    def whole(self) -> "SuccessionQuerySet":
        """Steps by which one body took the place of another, not only some work."""
        return self.exclude(kind=Succession.Kind.TOOK_OVER)

    def line_of(self, body: int) -> "SuccessionQuerySet":
        """Every step that led to a body and on from it, and what work it took over or
        gave away; with the names of both."""
        return self._with_names(LINE, [body])

    def onwards_from(self, bodies: list[int]) -> "SuccessionQuerySet":
        """Every step by which these bodies went on, with the names of both."""
        return self._with_names(AHEAD, bodies)

    def with_heirs(self) -> "SuccessionQuerySet":
        """With the body after each step, and `called_since`: when that took the name
        it has, if it had others."""
        names = FormerName.objects.filter(organisation=OuterRef("new"))
        last = names.order_by("-until").values("until")[:1]
        return self.select_related("new").annotate(called_since=Subquery(last))

    def _with_names(self, sql: str, bodies: list[int]) -> "SuccessionQuerySet":
        rows = self.filter(pk__in=RawSQL(sql, [bodies]))  # noqa: S611  (ours)
        return rows.with_heirs().select_related("old", "new").order_by("on", "pk")


class Succession(models.Model):
    """How one body took the place of another, or some of its work."""

    class Kind(models.TextChoices):
        RENAMED = "renamed", "renamed"
        MERGED = "merged", "merged into it"
        SPLIT = "split", "split off"
        TOOK_OVER = "took-over", "handed over part of its work"

    old = models.ForeignKey(
        "Organisation",
        models.PROTECT,
        related_name="successions",
        verbose_name="before",
    )
    new = models.ForeignKey(
        "Organisation", models.PROTECT, related_name="origins", verbose_name="after"
    )
    kind = models.CharField(max_length=20, choices=Kind)
    on = PartialDateField("when", blank=False)
    note = models.CharField(max_length=200, blank=True)

    objects = SuccessionQuerySet.as_manager()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(old=F("new")),
                name="organisation_does_not_succeed_itself",
                violation_error_message="A body cannot take its own place.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["renamed", "merged", "split", "took-over"]),
                name="succession_kind_is_known",
            ),
            models.CheckConstraint(condition=~Q(on=""), name="succession_has_a_date"),
            models.UniqueConstraint(
                fields=["old", "new"],
                name="succession_once",
                condition=~Q(kind="took-over"),
                violation_error_message="This is said already.",
            ),
            models.UniqueConstraint(
                fields=["old", "new", "on"],
                name="handover_once",
                condition=Q(kind="took-over"),
                violation_error_message="This is said already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"

    @property
    def since(self) -> str:
        """Since when the body after it is in its place, under the name that it has
        today. The step is `with_heirs`."""
        return max(self.on, self.called_since or "")

    def clean(self) -> None:
        """Refuse bodies that would take each other's place in a ring, and to be in the
        place of a body that is at work. Work may go back to where it came from."""
        if self.kind == Succession.Kind.TOOK_OVER or self.old_id is None:
            return
        steps = Succession, "old_id", "new_id", self.old_id, self.new_id
        if leads_back(*steps, among="t.kind <> 'took-over'"):
            raise ValidationError(
                f"{self.new} came before {self.old}, so it cannot come after it too."
            )
        if self.old.status == Organisation.Status.ACTIVE:
            raise ValidationError(
                {
                    "old": f"{self.old} is at work, so nothing is in its place. Leave "
                    "this out, and use “Say what became of it” on the page of "
                    f"{self.old}: guides that cite it have to say so."
                }
            )
