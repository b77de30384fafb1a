"""Ordered steps through guides and tasks: what to read and do, when and why."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from guides.fields import LineField, ProseField
from guides.models.for_some import ForSome
from guides.models.guide import Guide
from guides.models.review_task import ReviewTask
from guides.models.slug import SLUG_PATTERN
from guides.schedule import Stretch, TimeBox, stretches
from landscape.models import Policy

LAST_DAY, LONGEST_STEP = 60, 600  # a time box's highest number; minutes


class Audience(models.TextChoices):
    """Whom a pathway leads."""

    NEWCOMERS = "newcomers", "For newcomers"
    VETERANS = "veterans", "For veterans"
    CURATORS = "curators", "For curators"


class PathwayQuerySet(models.QuerySet["Pathway"]):
    """Pathways, in the curators' order."""

    def with_steps(self) -> "PathwayQuerySet":
        """With all that a page shows of their steps."""
        return self.prefetch_related(Prefetch("steps", Step.objects.for_page()))

    def with_doubts(self) -> "PathwayQuerySet":
        """Adds `has_doubts`: whether a curator should look at what it leads to."""
        return self.annotate(has_doubts=Exists(_doubtful_steps()))

    def with_doubtful_guides(self) -> "PathwayQuerySet":
        """Pathways of which a guide is not there any more, overdue or affected, or a
        policy holds no more."""
        return self.filter(Exists(_doubtful_steps()))


class Pathway(ForSome):
    """A way into the work: steps in order, each with its why and its end."""

    slug = models.CharField(
        max_length=80,
        unique=True,
        validators=[RegexValidator(SLUG_PATTERN, "Use small letters, numbers and -.")],
        help_text="The last part of its address. It stays.",
    )
    title = LineField(max_length=120)
    summary = LineField(max_length=300)
    done_when = ProseField(
        "you have arrived when", max_length=600, help_text="What it is good for."
    )
    audience = models.CharField(max_length=20, choices=Audience)
    order = models.PositiveSmallIntegerField(default=0, help_text="Lowest comes first.")

    objects = PathwayQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            *ForSome.Meta.constraints,
            models.CheckConstraint(
                condition=Q(slug__regex=SLUG_PATTERN), name="pathway_slug_is_a_slug"
            ),
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values),
                name="pathway_audience_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("guides:pathway", args=[self.slug])

    @property
    def stretches(self) -> list[Stretch]:
        """Its steps by time box, in order."""
        return stretches(self.steps.all())

    @property
    def is_in_one_go(self) -> bool:
        """Whether it is all done at one sitting, and nobody arrives anywhere."""
        return all(step.box == TimeBox.SITTING for step in self.steps.all())

    @property
    def asks_for(self) -> set[str]:
        """What its steps depend on: "profession", "tier", both or nothing."""
        steps = list(self.steps.all())
        asked = {"profession"} if any(step.professions for step in steps) else set()
        return asked | ({"tier"} if any(step.tiers for step in steps) else set())


class StepQuerySet(models.QuerySet["Step"]):
    """Steps, in the order in which they were written down."""

    def in_doubt(self) -> "StepQuerySet":
        """Steps to look at, because of their guide or their policy."""
        tasks = ReviewTask.objects.open().filter(guide=OuterRef("guide")).order_by()
        unseen = [state for state in Guide.Visibility if state != "live"]
        return self.filter(
            Q(guide__visibility__in=unseen)
            | Q(guide__due_on__lt=timezone.localdate())
            | Exists(tasks)
            | Q(policy__status__in=Policy.ENDED)
        )

    def for_page(self) -> "StepQuerySet":
        """With the titles and lengths of their guides, without the texts."""
        names = [field.name for field in Step._meta.concrete_fields]
        for guide in "guide", "guide__merged_into":
            shown = ("slug", "visibility", "live_edition__title")
            names += [f"{guide}__{name}" for name in shown]
            names.append(f"{guide}__live_edition__word_count")
        guides = "guide__live_edition", "guide__merged_into__live_edition"
        names += ["policy__slug", "policy__title"]
        return self.select_related(*guides, "policy").only(*names)


class Step(ForSome):
    """One thing to read or to do."""

    pathway = models.ForeignKey(Pathway, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField(help_text="Lowest comes first.")
    box = models.CharField("when", max_length=10, choices=TimeBox)
    number = models.PositiveSmallIntegerField(
        "which day or week",
        default=0,
        validators=[MaxValueValidator(LAST_DAY)],
        help_text="0 before somebody arrives, and for what is done in one go.",
    )
    guide = models.ForeignKey(
        Guide, models.PROTECT, null=True, blank=True, related_name="steps"
    )
    part = LineField(
        max_length=200, blank=True, help_text="Which sections to read, if not all."
    )
    title = LineField(
        "task", max_length=160, blank=True, help_text="What to do, if it is no guide."
    )
    policy = models.ForeignKey(
        Policy,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="steps",
        help_text="What it rests on. A guide says so itself.",
    )
    why = ProseField(max_length=400)
    done_when = ProseField("you are done when", max_length=300)
    minutes = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_STEP)],
        help_text="For a task, or a part of a guide. A whole guide knows its own.",
    )

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            *ForSome.Meta.constraints,
            models.CheckConstraint(
                condition=Q(box__in=["day", "week"], number__range=(1, LAST_DAY))
                | Q(box__in=["before", "sitting"], number=0),
                name="step_has_a_number_for_days_and_weeks",
                violation_error_message="A day or a week has a number from 1 on; "
                "other times have 0.",
            ),
            models.CheckConstraint(
                condition=Q(guide__isnull=False, title="")
                | Q(guide__isnull=True, part="") & ~Q(title=""),
                name="step_is_a_guide_or_a_task",
                violation_error_message="Name a guide or a task, not both.",
            ),
            models.CheckConstraint(
                condition=Q(minutes__isnull=False, minutes__range=(1, LONGEST_STEP))
                & (Q(guide__isnull=True) | ~Q(part=""))
                | Q(minutes__isnull=True, guide__isnull=False, part=""),
                name="step_has_minutes_of_its_own_or_of_its_guide",
                violation_error_message="Say how many minutes a task or a part of a "
                "guide takes. A whole guide knows its own.",
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.guide}{f' ({self.part})' if self.part else ''}"

    def clean(self) -> None:
        """Lead to no guide that readers have never seen."""
        if self.guide and self.guide.visibility == Guide.Visibility.UNPUBLISHED:
            raise ValidationError({"guide": "Readers cannot see this guide yet."})

    @property
    def reads(self) -> Guide | None:
        """The guide that stands there now: another one may have taken it in."""
        return self.guide and (self.guide.merged_into or self.guide)

    @property
    def name(self) -> str:
        """What to read or do, in the words readers see."""
        edition = self.reads and self.reads.live_edition
        return edition.title if edition else self.title or str(self.guide)

    @property
    def reading(self) -> int:
        """Minutes to read; none for a task."""
        return self.length if self.guide else 0

    @property
    def length(self) -> int:
        """Minutes it takes."""
        if self.minutes:
            return self.minutes
        edition = self.reads and self.reads.live_edition
        return edition.reading_minutes if edition else 0

    @property
    def takes(self) -> str:
        """How long it takes, in the words readers see."""
        hours, rest = divmod(self.length, 60)
        if hours > 1 and not rest:
            return f"{hours} hours"
        return f"{self.length} minute{'' if self.length == 1 else 's'}"

    @property
    def is_withdrawn(self) -> bool:
        """Whether its guide is not one that readers should rely on."""
        return bool(self.reads) and self.reads.visibility in {
            Guide.Visibility.WITHDRAWN,
            Guide.Visibility.GONE,
        }


def _doubtful_steps() -> StepQuerySet:
    return Step.objects.in_doubt().filter(pathway=OuterRef("pk")).order_by()
