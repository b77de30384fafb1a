"""Laws, standards, strategies and rules: what a guide can rest on."""

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import JSONObject
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
from landscape.wording import in_part

# Steps by which policies were replaced, forwards from some.
AHEAD = """
WITH RECURSIVE ahead(id) AS (
    SELECT unnest(%s::bigint[])
    UNION SELECT r.policy_id FROM landscape_policyrelation r
        JOIN ahead ON r.other_id = ahead.id WHERE r.kind = 'replaces'
)
SELECT r.id FROM landscape_policyrelation r JOIN ahead ON r.other_id = ahead.id
WHERE r.kind = 'replaces'
"""


class PolicyQuerySet(NamedQuerySet):
    """Policies, as lists show them."""

    def for_list(self) -> "PolicyQuerySet":
        """With the owner and the places of each, and whether it holds in part."""
        return self.with_places().with_limits().select_related("owner")

    def with_limits(self) -> "PolicyQuerySet":
        """Adds what `limits` needs."""
        rows = PolicyRelation.objects.filter(other=OuterRef("pk"), kind="replaces")
        step = JSONObject(scope="scope", still_for="still_for")
        steps = ArraySubquery(rows.order_by("pk").values(step=step))
        return self.annotate(replaced_for=steps)


class Policy(Checked):
    """A law, standard, strategy or rule that stands behind what people are told."""

    class Kind(models.TextChoices):
        ACT = "act", "Act"
        REGULATIONS = "regulations", "Regulations"
        STATUTORY_CODE = "statutory-code", "Statutory code"
        STANDARD = "standard", "Standard"
        CONTROL = "control", "Control"
        STRATEGY = "strategy", "Strategy"
        GUIDANCE = "guidance", "Guidance"
        FRAMEWORK = "framework", "Framework"
        AGREEMENT = "framework-agreement", "Framework agreement"
        BILL = "bill", "Bill"

    class Status(models.TextChoices):
        PROPOSED = "proposed", "Proposed"
        IN_FORCE = "in-force", "In force"
        PARTLY_IN_FORCE = "partly-in-force", "Partly in force"
        BEING_REPLACED = "being-replaced", "Being replaced"
        SUPERSEDED = "superseded", "Superseded"
        WITHDRAWN = "withdrawn", "Withdrawn"

    ENDED = (Status.SUPERSEDED, Status.WITHDRAWN)  # for good, or but for some cases
    REPLACED = (Status.BEING_REPLACED, *ENDED)  # what others may stand for, or will

    class Force(models.TextChoices):
        LAW = "law", "Law"
        MANDATORY_CENTRAL = "mandatory-central", "Mandatory for central government"
        COMPLY_OR_EXPLAIN = "comply-or-explain", "Comply or explain"
        RECOMMENDED = "recommended", "Recommended"
        CONVENTION = "convention", "Convention"
        DIRECTION = "direction", "A plan, not a rule"
        OPEN_TO_USE = "open-to-use", "Open to use"

    class Reach(models.TextChoices):
        BOUND = "bound", "Binds them too"
        SOME = "some", "Binds some of them only"
        ENCOURAGED = "encouraged", "Only encourages them"
        OUTSIDE = "outside", "Is not about them"

    slug = slug_field()
    title = models.CharField(max_length=200)
    abbreviation = models.CharField(max_length=20, blank=True)
    aliases = ArrayField(
        models.CharField(max_length=200),
        default=list,
        blank=True,
        help_text="Other names people search by.",
    )
    kind = models.CharField(max_length=20, choices=Kind)
    status = models.CharField(max_length=20, choices=Status)
    force = models.CharField(max_length=20, choices=Force)
    reach = models.CharField(
        "councils, the NHS and police",
        max_length=20,
        choices=Reach,
        help_text="Whether it binds them or only encourages them. If it binds some of "
        "them only, “What it is” says which.",
    )
    owner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="policies"
    )
    issued = PartialDateField()
    in_force_from = PartialDateField()
    ended = PartialDateField()
    address = models.URLField("where it stands", max_length=300)
    summary = models.CharField("what it is", max_length=400)
    why = models.CharField("why it matters", max_length=400)
    jurisdictions = models.ManyToManyField(
        Jurisdiction, blank=True, related_name="policies"
    )
    names = names_field("title", "abbreviation", "aliases")
    # When somebody last said here that it is not what it was.
    changed_at = models.DateTimeField(null=True, editable=False)

    objects = PolicyQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        verbose_name_plural = "policies"
        indexes = [
            models.Index(fields=["title"], name="policy_title"),
            models.Index(fields=["status", "title"], name="policy_status"),
            parts_of("names", "policy_names_parts"),
        ]
        constraints = [
            slug_is_a_slug("policy_slug_is_a_slug"),
            doubt_is_told("policy_doubt_is_told"),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        *("act", "regulations", "statutory-code", "standard"),
                        *("control", "strategy", "guidance", "framework", "bill"),
                        "framework-agreement",
                    ],
                    status__in=[
                        *("proposed", "in-force", "partly-in-force"),
                        *("being-replaced", "superseded", "withdrawn"),
                    ],
                    force__in=[
                        *("law", "mandatory-central", "comply-or-explain"),
                        *("recommended", "convention", "direction", "open-to-use"),
                    ],
                    reach__in=["bound", "some", "encouraged", "outside"],
                ),
                name="policy_facets_are_known",
            ),
            in_order(
                "issued",
                "in_force_from",
                "policy_issued_before_in_force",
                "A policy cannot be in force before it is published.",
            ),
            in_order(
                "in_force_from",
                "ended",
                "policy_dates_in_order",
                "A policy cannot end before it is in force.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["superseded", "withdrawn"]) | Q(ended=""),
                name="policy_that_holds_has_not_ended",
                violation_error_message="Only a policy that was superseded or "
                "withdrawn has ended.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page about this policy."""
        return reverse("landscape:policy", args=[self.slug])

    @property
    def stands(self) -> bool:
        """Whether nothing is in its place, nor will be."""
        return self.status not in Policy.REPLACED

    @property
    def limits(self) -> str:
        """What it holds no more for and what it still holds for, in words. The policy
        is `with_limits`."""
        steps = ((step["scope"], step["still_for"]) for step in self.replaced_for)
        return in_part(steps) if self.status in Policy.ENDED else ""


class PolicyRelationQuerySet(models.QuerySet["PolicyRelation"]):
    """What policies do to one another."""

    def onwards_from(self, policies: list[int]) -> "PolicyRelationQuerySet":
        """Every step by which these policies were replaced, directly or in steps."""
        rows = self.filter(pk__in=RawSQL(AHEAD, [policies]))  # noqa: S611  (ours)
        return rows.select_related("policy", "other").order_by("since", "pk")


class PolicyRelation(models.Model):
    """What one policy does to another: it replaces it, amends it, names it."""

    class Kind(models.TextChoices):
        REPLACES = "replaces", "replaces"
        AMENDS = "amends", "amends"
        DELIVERS = "delivers", "carries out"
        TESTS_AGAINST = "tests-against", "tests against"
        NAMES = "names", "names"

    # How the other one tells it.
    BACKWARD = {
        Kind.REPLACES: "is replaced by",
        Kind.AMENDS: "is amended by",
        Kind.DELIVERS: "is carried out by",
        Kind.TESTS_AGAINST: "is tested against by",
        Kind.NAMES: "is named in",
    }

    policy = models.ForeignKey(Policy, models.CASCADE, related_name="relations")
    other = models.ForeignKey(Policy, models.PROTECT, related_name="related")
    kind = models.CharField(max_length=20, choices=Kind)
    since = PartialDateField()
    scope = models.CharField(
        max_length=160,
        blank=True,
        help_text="If not all of it: for what. Such as: for new contracts.",
    )
    still_for = models.CharField(
        "the other one still holds",
        max_length=160,
        blank=True,
        default="",
        db_default="",
        help_text="For what, if it is replaced but not dead. Such as: for contracts "
        "that began before.",
    )

    objects = PolicyRelationQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(policy=F("other")),
                name="policy_is_not_related_to_itself",
                violation_error_message="A policy cannot replace or change itself.",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        *("replaces", "amends", "delivers"),
                        *("tests-against", "names"),
                    ]
                ),
                name="policy_relation_is_known",
            ),
            models.CheckConstraint(
                condition=Q(still_for="") | Q(kind="replaces") & ~Q(scope=""),
                name="policy_that_still_holds_is_replaced_in_part",
                violation_error_message="Say for what it is replaced, if it still "
                "holds for something else.",
            ),
            models.UniqueConstraint(
                fields=["policy", "other", "kind"],
                name="policy_relation_once",
                violation_error_message="This is said already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy} {self.get_kind_display()} {self.other}"

    @property
    def is_step(self) -> bool:
        """Whether one of the two takes the place of the other."""
        return self.kind == PolicyRelation.Kind.REPLACES

    @property
    def is_to_come(self) -> bool:
        """Whether one takes the place of the other only later: that still holds."""
        return self.is_step and self.other.status == Policy.Status.BEING_REPLACED

    def seen_from(self, policy: Policy) -> dict[str, object]:
        """What it says on the page of one of the two: how they stand, and the other."""
        is_mine = self.policy_id == policy.pk
        verb = self.get_kind_display() if is_mine else self.BACKWARD[self.kind]
        other = self.other if is_mine else self.policy
        return {"verb": verb, "policy": other, "since": self.since, "scope": self.scope}

    def clean(self) -> None:
        """Refuse policies that would replace each other in a ring, and to replace one
        that stands."""
        if self.kind != PolicyRelation.Kind.REPLACES or self.other_id is None:
            return
        steps = PolicyRelation, "other_id", "policy_id", self.other_id, self.policy_id
        if leads_back(*steps, among="t.kind = 'replaces'"):
            raise ValidationError(
                f"{self.other} replaces {self.policy}, directly or in steps, so the "
                "two cannot replace each other."
            )
        if self.other.stands and self.other_id != self.policy_id:
            now = self.other.get_status_display().lower()
            raise ValidationError(
                {
                    "other": f"{self.other} is {now}, so nothing replaces it. Leave "
                    "this out, and use “Change its status” on the page of "
                    f"{self.other}: guides that cite it have to say so."
                }
            )
