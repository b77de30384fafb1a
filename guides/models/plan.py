"""Somebody's own way along a pathway: from which day, and what is done."""

import uuid
from datetime import date

from django.conf import settings
from django.contrib.postgres.aggregates import ArrayAgg
from django.db import models, transaction
from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from guides.facets import Profession, Tier
from guides.models.pathway import Pathway, Step
from guides.schedule import Day, days, first_working_day, lacks_holidays, why_later
from guides.working_days import Place

ANSWERS = ("starts_on", "place", "profession", "tier")


class PlanQuerySet(models.QuerySet["Plan"]):
    """Plans, each of one person."""

    def of(self, reader) -> "PlanQuerySet":
        """A member's plans with their pathways; none of somebody who is signed out."""
        if not reader.is_authenticated:
            return self.none()
        mine = self.filter(person=reader).select_related("pathway")
        return mine.order_by("starts_on", "pk")

    def start(self, pathway: Pathway, *, by, **answers) -> "Plan":
        """The person's plan for a pathway. One that they have takes the new answers,
        and keeps its ticks."""
        return self.update_or_create(person=by, pathway=pathway, defaults=answers)[0]

    def with_done(self) -> "PlanQuerySet":
        """Adds `done_steps`, the words of what is ticked."""
        guide, task = "progress__step__guide__slug", "progress__step__title"
        step = Coalesce(guide, task, output_field=models.TextField())
        is_done = Q(progress__isnull=False)
        return self.annotate(
            done_steps=ArrayAgg(step, filter=is_done, default=Value([]))
        )

    @transaction.atomic
    def join(self, other: "Plan", *, by) -> "Plan":
        """Take what a browser kept into the person's account. What is done in either
        plan is done; the answers are those of the plan that starts later."""
        answers = {name: getattr(other, name) for name in ANSWERS}
        given = {"person": by, "pathway": other.pathway}
        defaults = {**answers, "key": other.key}
        mine, is_new = self.get_or_create(**given, defaults=defaults)
        mine.tick(other.done, set())
        if not is_new and other.starts_on > mine.starts_on:
            mine.change(**answers)
        return mine


class Plan(models.Model):
    """A pathway with dates. Only its person sees it.

    One that only a browser keeps has no row: see `guides/plan_cookie.py`.
    """

    key = models.UUIDField(default=uuid.uuid4, editable=False)  # names it to calendars
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="plans"
    )
    pathway = models.ForeignKey(Pathway, models.CASCADE, related_name="plans")
    starts_on = models.DateField()
    place = models.CharField(max_length=30, choices=Place)
    profession = models.CharField(max_length=30, choices=Profession, blank=True)
    tier = models.CharField(max_length=30, choices=Tier, blank=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "pathway"], name="one_plan_a_pathway"
            ),
            models.CheckConstraint(
                condition=Q(place__in=Place.values)
                & Q(profession__in=["", *Profession.values])
                & Q(tier__in=["", *Tier.values]),
                name="plan_answers_are_known",
            ),
        ]

    def __str__(self) -> str:
        return f"Plan from {self.starts_on}"

    def get_absolute_url(self) -> str:
        """Its private page."""
        return reverse("guides:plan", args=[self.pathway.slug])

    @cached_property
    def done(self) -> set[int]:
        """The keys of the steps that are ticked."""
        if self.pk is None:
            return set()
        return set(self.progress.values_list("step", flat=True))

    @cached_property
    def steps(self) -> list[Step]:
        """The steps of the pathway that are for this person."""
        about = {"profession": self.profession, "tier": self.tier}
        return [step for step in self.pathway.steps.all() if step.suits(**about)]

    @cached_property
    def days(self) -> list[Day]:
        """The steps by day, in order."""
        return days(self.steps, self.starts_on, self.place)

    @property
    def done_here(self) -> int:
        """How many of its steps are done."""
        return sum(step.pk in self.done for step in self.steps)

    @property
    def why_later(self) -> str:
        """Why the first day is not the one that was named; "" when it is."""
        return why_later(self.starts_on, self.place)

    @property
    def first_day(self) -> date:
        """The first working day."""
        return first_working_day(self.starts_on, self.place)

    @property
    def is_at_short_notice(self) -> bool:
        """Whether the day by which to prepare has passed before the first one."""
        before = [day for day in self.days if day.is_by]
        today = timezone.localdate()
        return bool(before) and before[0].on < today <= self.first_day

    @property
    def lacks_holidays(self) -> bool:
        """Whether it reaches into years whose holidays nobody knows yet."""
        return lacks_holidays(self.days)

    @transaction.atomic
    def tick(self, added: set[int], removed: set[int]) -> None:
        """Mark steps as done, others as not done. Steps of other pathways are left
        out. A plan that was deleted meanwhile stays so."""
        self.done = (self.done | added) - removed
        if self.pk is None or not self._lock():
            return
        self.progress.filter(step__in=removed).delete()
        steps = Step.objects.filter(pathway=self.pathway_id, pk__in=added)
        rows = [StepProgress(plan=self, step=step) for step in steps]
        StepProgress.objects.bulk_create(rows, ignore_conflicts=True)

    @transaction.atomic
    def discard(self) -> None:
        """Delete it with its ticks, those too that another tab is just saving."""
        self._lock()
        self.delete()

    def change(self, **answers) -> None:
        """Take other answers, such as another first day. Ticks stay."""
        for name, value in answers.items():
            setattr(self, name, value)
        if self.pk:
            self.save(update_fields=list(answers))

    def _lock(self) -> bool:
        mine = Plan.objects.select_for_update(of=["self"]).filter(pk=self.pk)
        return mine.first() is not None


class StepProgress(models.Model):
    """A step of a plan that is done."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="progress")
    step = models.ForeignKey(Step, models.CASCADE, related_name="+")
    done_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "step"], name="step_is_done_once")
        ]

    def __str__(self) -> str:
        return f"Done {self.done_at:%Y-%m-%d}"
