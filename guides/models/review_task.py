"""What a change elsewhere gives a guide's keepers to do."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from guides.changes import change_in
from guides.fields import ProseField, readable
from guides.models.action import GuideAction
from guides.registers import replaced_by, taken_over_by
from landscape.models import FormerName


class ReviewTaskQuerySet(models.QuerySet["ReviewTask"]):
    """What waits, and what was done about it."""

    def open(self) -> "ReviewTaskQuerySet":
        """Tasks that nobody has seen to."""
        return self.filter(state=ReviewTask.State.OPEN)

    def waiting(self) -> "ReviewTaskQuerySet":
        """Open tasks on guides that readers see."""
        return self.open().filter(guide__visibility="live")

    def standing(self) -> dict[str, int]:
        """How many wait, were done and were dismissed."""
        states = ReviewTask.State
        waits = Q(state=states.OPEN, guide__visibility="live")
        return self.aggregate(
            open=Count("pk", filter=waits),
            done=Count("pk", filter=Q(state=states.DONE)),
            dismissed=Count("pk", filter=Q(state=states.DISMISSED)),
        )

    def with_changes(self) -> "ReviewTaskQuerySet":
        """With the rows that changed, and what happened to them."""
        names = FormerName.objects.filter(organisation=OuterRef("organisation"))
        names = names.order_by("-until")
        return self.select_related("policy", "organisation").annotate(
            replaced_by=replaced_by("policy"),
            taken_over_by=taken_over_by("organisation"),
            shown_as=Coalesce(Subquery(names.values("name")[:1]), Value("")),
            called_so_until=Subquery(names.values("until")[:1]),
        )

    def with_titles(self) -> "ReviewTaskQuerySet":
        """With the title of each guide, without its text."""
        edition = "guide__live_edition__"
        heavy = ("body", "body_html", "body_text", "contents", "search")
        rows = self.select_related("guide__live_edition", "policy", "organisation")
        return rows.defer(*(edition + name for name in heavy))

    def answered_by(self, edition) -> "ReviewTaskQuerySet":
        """Tasks that an edition sees to: its words are newer than the task, or it
        rests no more on what the task is about."""
        cited = edition.citations
        about = Exists(cited.filter(policy=OuterRef("policy"))) | Exists(
            cited.filter(organisation=OuterRef("organisation"))
        )
        return self.filter(Q(opened_at__lte=edition.changed_at) | ~about)

    def catch_up(self, edition, *, since) -> None:
        """Open tasks on the guide of these for what an edition rests on and what has
        changed since somebody looked, if none was opened for it then. Called when
        readers see the edition or see the guide again, in the transaction of that."""
        cited = edition.citations.for_page()
        changed = {c.row for c in cited if not c.term_id and change_in(c)}
        missed = {s for s in changed if s.changed_at and s.changed_at > since}
        for task in self.select_related("policy", "organisation") if missed else ():
            source = task.source
            if source in missed and (
                task.is_open or task.opened_at >= source.changed_at
            ):
                missed.remove(source)
        for source in missed:
            name = source._meta.model_name
            self.create(guide=edition.guide, cause=name, **{name: source})

    def close(self, *, by, state: str = "done", note: str = "") -> int:
        """Mark the open ones of them as seen to. Called in the transaction of a verb
        that holds their guides."""
        now = timezone.now()
        given = {"state": state, "note": note, "closed_at": now, "closed_by": by}
        return self.open().update(**given)


class ReviewTask(models.Model):
    """Somebody should look at a guide again, and why. One at a time for each cause."""

    class Cause(models.TextChoices):
        DATE = "date", "Its day has come"
        POLICY = "policy", "A policy changed"
        ORGANISATION = "organisation", "A public body changed"
        LINK = "link", "A link leads nowhere"
        READER = "reader", "A reader reported it"
        OWNER_LEFT = "owner-left", "Its owner left"

    class State(models.TextChoices):
        OPEN = "open", "Open"
        DONE = "done", "Done"
        DISMISSED = "dismissed", "Dismissed"

    guide = models.ForeignKey(
        "guides.Guide", models.CASCADE, related_name="review_tasks"
    )
    cause = models.CharField(max_length=20, choices=Cause)
    policy = models.ForeignKey(
        "landscape.Policy", models.PROTECT, null=True, related_name="review_tasks"
    )
    organisation = models.ForeignKey(
        "landscape.Organisation", models.PROTECT, null=True, related_name="review_tasks"
    )
    state = models.CharField(max_length=20, choices=State, default=State.OPEN)
    opened_at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    note = ProseField(max_length=1000, blank=True)

    objects = ReviewTaskQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["opened_at"], name="open_tasks", condition=Q(state="open")
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["guide", "cause", "policy", "organisation"],
                name="one_open_task_a_cause",
                condition=Q(state="open"),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(
                    cause="policy", policy__isnull=False, organisation__isnull=True
                )
                | Q(
                    cause="organisation",
                    policy__isnull=True,
                    organisation__isnull=False,
                )
                | Q(
                    cause__in=["date", "link", "reader", "owner-left"],
                    policy__isnull=True,
                    organisation__isnull=True,
                ),
                name="task_has_the_source_of_its_cause",
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True, note="")
                | Q(state="done", closed_at__isnull=False)
                | Q(state="dismissed", closed_at__isnull=False) & ~Q(note=""),
                name="task_says_how_it_was_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source or self.get_cause_display()}: {self.guide}"

    @property
    def is_open(self) -> bool:
        """Whether nobody has seen to it."""
        return self.state == ReviewTask.State.OPEN

    @property
    def source(self):
        """The row that changed, if one did."""
        return self.policy or self.organisation

    @property
    def change(self):
        """What happened to that row, if the task was asked for `with_changes`."""
        return change_in(self, self.opened_at)

    @transaction.atomic
    def dismiss(self, *, by, reason: str) -> None:
        """Find that the guide needs no look because of this. The notice on it goes.

        Raises ValidationError when it is closed already or no reason is given.
        """
        type(self.guide).objects.select_for_update(of=["self"]).get(pk=self.guide_id)
        if not (reason := readable(reason)):
            raise ValidationError("Say why the guide needs no look.")
        mine = ReviewTask.objects.filter(pk=self.pk)
        if not mine.close(by=by, state=ReviewTask.State.DISMISSED, note=reason):
            raise ValidationError("Somebody has seen to this already.")
        self.refresh_from_db()
        GuideAction.record("dismiss", guide=self.guide, by=by, reason=reason)
