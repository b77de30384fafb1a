"""The “Why is it like this?” blocks of editions, for the list of all of them."""

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from guides.citations import Register
from guides.models.guide import Guide
from guides.why import LONGEST_TITLE, Why
from landscape.models import Organisation, Policy


class WhyBlockQuerySet(models.QuerySet["WhyBlock"]):
    """Blocks of one edition or of many."""

    def live(self) -> "WhyBlockQuerySet":
        """The blocks that readers of live guides see."""
        return self.filter(edition__live_guide__visibility=Guide.Visibility.LIVE)

    def for_list(self, under: Organisation | None = None) -> "WhyBlockQuerySet":
        """With the guide of each and the body it stands under, by body and title; what
        is of no body comes last. under: the body of all of them.

        Else that is the first body that the block names; else the owner of the first
        policy that it cites; else the first body, by name, that its guide is about.
        """
        bodies = Organisation.objects.filter(guides=OuterRef("edition__guide"))
        by_name = Subquery(bodies.order_by("name", "pk").values("pk")[:1])
        body = Coalesce("organisation", "policy__owner", by_name)
        body = Value(under.pk, models.BigIntegerField()) if under else body
        about = Organisation.objects.filter(pk=OuterRef("body"))
        rows = self.select_related("edition__live_guide").annotate(body=body)
        rows = rows.annotate(
            body_name=Subquery(about.values("name")),
            body_slug=Subquery(about.values("slug")),
        )
        shown = "title", "rule", "block", "edition__title", "edition__live_guide__slug"
        order = F("body_name").asc(nulls_last=True), "body", "title", "pk"
        return rows.only("edition", *shown).order_by(*order)

    def of_body(self, body: Organisation | None) -> "WhyBlockQuerySet":
        """Those of one body, by the same rule, though a guide about several bodies
        counts for each of them; None for those of no body."""
        is_open = Q(organisation=None) & (Q(policy=None) | Q(policy__owner=None))
        if body is None:
            return self.filter(is_open, edition__guide__organisations=None)
        guides = body.guides.values("pk")
        return self.filter(
            Q(organisation=body)
            | Q(organisation=None, policy__owner=body)
            | (is_open & Q(edition__guide__in=guides))
        )

    def bodies(self) -> models.QuerySet[Organisation]:
        """The bodies that have any, by name."""
        by_policy = self.filter(organisation=None)
        by_guide = by_policy.filter(Q(policy=None) | Q(policy__owner=None))
        keys = (
            Q(pk__in=self.values("organisation"))
            | Q(pk__in=by_policy.values("policy__owner"))
            | Q(guides__in=by_guide.values("edition__guide"))
        )
        return Organisation.objects.filter(keys).distinct().order_by("name")

    def keep(self, edition, whys: list[Why], register: Register) -> None:
        """Store the blocks of an edition, and nothing else."""
        rows = [self.model.of(edition, why, register) for why in whys]
        mine = {row.block: row for row in self.filter(edition=edition)}
        same = {
            row.block
            for row in rows
            if row.block in mine and mine[row.block].is_like(row)
        }
        if gone := [row.pk for row in mine.values() if row.block not in same]:
            self.filter(pk__in=gone).delete()
        if added := [row for row in rows if row.block not in same]:
            self.bulk_create(added)


class WhyBlock(models.Model):
    """A block of an edition that says why something is as it is."""

    edition = models.ForeignKey(
        "guides.Edition", models.CASCADE, related_name="why_blocks"
    )
    block = models.CharField(max_length=20)
    title = models.CharField(max_length=LONGEST_TITLE)
    rule = models.TextField()
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        related_name="why_blocks",
        help_text="The first body that it names.",
    )
    policy = models.ForeignKey(
        Policy,
        models.PROTECT,
        null=True,
        related_name="why_blocks",
        help_text="The first policy that it cites.",
    )

    objects = WhyBlockQuerySet.as_manager()

    class Meta:
        ordering = ["edition", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "block"], name="why_block_once_an_edition"
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(rule="") & ~Q(block=""),
                name="why_block_is_complete",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its place in the guide that readers see."""
        return f"{self.edition.live_guide.get_absolute_url()}#b-{self.block}"

    @classmethod
    def of(cls, edition, why: Why, register: Register) -> "WhyBlock":
        """The row of one block of an edition, not stored yet."""
        found = {
            cites.kind: register[cites.key].pk
            for cites in reversed(why.cited)
            if cites.key in register
        }
        return cls(
            edition=edition,
            block=why.block,
            title=why.title,
            rule=why.rule,
            organisation_id=found.get("org"),
            policy_id=found.get("policy"),
        )

    def is_like(self, other: "WhyBlock") -> bool:
        """Whether nothing that is stored differs."""
        names = "block", "title", "rule", "organisation_id", "policy_id"
        return all(getattr(self, name) == getattr(other, name) for name in names)
