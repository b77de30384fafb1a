"""A guide: what lasts while its editions come and go."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from guides.facets import Kind, Profession, Stage, Tier
from guides.fields import ProseField, readable
from guides.models.action import GuideAction
from guides.models.guide_queryset import AROUND_ARRIVAL, ARRIVAL, GuideQuerySet
from guides.models.keeping import Keeping
from guides.models.slug import RESERVED_SLUGS, SLUG_PATTERN, OldSlug, stem_of
from guides.models.topic import Topic
from guides.models.workflow import CARRIED_OVER
from landscape.models import Jurisdiction, Organisation


class Guide(Keeping):
    """Know-how that a veteran passes on, at one lasting address.

    Readers see the live edition only; drafts are other editions of the guide.
    """

    class Visibility(models.TextChoices):
        UNPUBLISHED = "unpublished", "Unpublished"
        LIVE = "live", "Live"
        WITHDRAWN = "withdrawn", "Withdrawn"
        MERGED = "merged", "Merged"
        GONE = "gone", "Gone"

    slug = models.CharField(
        max_length=80,
        unique=True,
        validators=[RegexValidator(SLUG_PATTERN, "Use small letters, numbers and -.")],
        help_text="The last part of the guide's address.",
    )
    kind = models.CharField(max_length=20, choices=Kind)
    topics = models.ManyToManyField(Topic, related_name="guides")
    stages = ArrayField(
        models.CharField(max_length=20, choices=Stage), default=list, blank=True
    )
    professions = ArrayField(
        models.CharField(max_length=30, choices=Profession), default=list, blank=True
    )
    tiers = ArrayField(
        models.CharField(max_length=30, choices=Tier), default=list, blank=True
    )
    organisations = models.ManyToManyField(
        Organisation, blank=True, related_name="guides"
    )
    jurisdictions = models.ManyToManyField(
        Jurisdiction, blank=True, related_name="guides"
    )
    public_benefit = ProseField(
        "who this is for, in the end",
        max_length=600,
        help_text="Who in the public is better off when the reader knows this.",
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="guides",
    )
    live_edition = models.OneToOneField(
        "guides.Edition",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="live_guide",
    )
    visibility = models.CharField(
        max_length=20,
        choices=Visibility,
        default=Visibility.UNPUBLISHED,
        editable=False,
    )
    visibility_reason = ProseField(blank=True, editable=False)
    visibility_changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    visibility_changed_at = models.DateTimeField(null=True, editable=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="absorbed"
    )
    first_published_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    start_key = models.UUIDField(null=True, editable=False)

    objects = GuideQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["due_on"],
                name="live_guide_due",
                condition=Q(visibility="live"),
            ),
            GinIndex(fields=["stages"], name="guide_stages"),
            GinIndex(fields=["professions"], name="guide_professions"),
            models.Index(fields=["visibility"], name="guide_visibility"),
            # All that the filters of a list are counted by: the guides stay unread.
            models.Index(
                fields=["id"],
                include=["kind", "stages", "professions"],
                name="live_guide",
                condition=Q(visibility="live"),
            ),
            models.Index(
                ARRIVAL,
                "first_published_at",
                "id",
                name="live_guide_at_arrival",
                condition=AROUND_ARRIVAL & Q(visibility="live"),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "start_key"], name="guide_is_started_once"
            ),
            models.CheckConstraint(
                condition=~Q(visibility="live") | Q(due_on__isnull=False),
                name="live_guide_is_due_some_day",
            ),
            models.CheckConstraint(
                condition=Q(slug__regex=SLUG_PATTERN), name="guide_slug_is_a_slug"
            ),
            models.CheckConstraint(
                condition=Q(
                    visibility__in=[
                        "unpublished",
                        "live",
                        "withdrawn",
                        "merged",
                        "gone",
                    ]
                ),
                name="guide_visibility_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(slug__in=RESERVED_SLUGS),
                name="guide_slug_is_not_an_address",
                violation_error_message="This slug is an address of the site itself.",
            ),
            models.CheckConstraint(
                condition=Q(stages__contained_by=Stage.values)
                & Q(professions__contained_by=Profession.values)
                & Q(tiers__contained_by=Tier.values)
                & Q(kind__in=Kind.values),
                name="guide_facets_are_known",
            ),
            models.CheckConstraint(
                condition=~Q(visibility__in=["live", "withdrawn"])
                | Q(live_edition__isnull=False),
                name="public_guide_has_a_live_edition",
            ),
            models.CheckConstraint(
                condition=~Q(visibility__in=["withdrawn", "gone"])
                | ~Q(visibility_reason=""),
                name="withdrawn_guide_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(visibility="merged", merged_into__isnull=False)
                & ~Q(merged_into=F("id"))
                | ~Q(visibility="merged") & Q(merged_into__isnull=True),
                name="merged_guide_has_another_guide",
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """The guide's own page."""
        return reverse("guides:detail", args=[self.slug])

    @property
    def stage_names(self) -> list[str]:
        """The stages in the words readers see, in the order of a stay."""
        return [stage.label for stage in Stage if stage.value in self.stages]

    @property
    def tier_names(self) -> list[str]:
        """The parts of the public sector it is about, in the words readers see."""
        return [tier.label for tier in Tier if tier.value in self.tiers]

    @property
    def draft(self):
        """The newest edition that readers have not seen, if there is one."""
        return self.editions.drafts().order_by("-number").first()

    @transaction.atomic
    def start_draft(self, *, by):
        """The edition in work; without one, a new one with the words readers see."""
        self._lock()
        if not Guide.objects.editable_by(by).filter(pk=self.pk).exists():
            raise PermissionDenied
        if draft := self.draft:
            return draft
        if self.visibility in {Guide.Visibility.MERGED, Guide.Visibility.GONE}:
            raise ValidationError("A guide that is merged or gone has no new editions.")
        live = self.live_edition
        words = {name: getattr(live, name) for name in CARRIED_OVER} if live else {}
        return self.editions.create(created_by=by, **words)

    @transaction.atomic
    def describe(self, *, topics=None, jurisdictions=None, **about) -> None:
        """Say what the guide is and for whom. Called in the transaction of a verb."""
        for name, value in about.items():
            setattr(self, name, value)
        self.save(update_fields=list(about))
        for name, chosen in ("topics", topics), ("jurisdictions", jurisdictions):
            if chosen is not None:
                getattr(self, name).set(chosen)

    def differs_from(self, about: dict) -> bool:
        """Whether any of these facts is another one than the guide has."""
        many = {"topics", "jurisdictions"} & set(about)
        return any(
            set(getattr(self, name).all()) != set(about[name])
            if name in many
            else getattr(self, name) != about[name]
            for name in about
        )

    def missing_words(self) -> dict[str, str]:
        """What must be said before a curator looks at it, by field."""
        missing = {}
        if not readable(self.public_benefit):
            missing["public_benefit"] = "Say who in the public is better off with it."
        if not self.topics.exists():
            missing["topics"] = "Choose at least one topic."
        return missing

    def take_slug_of(self, title: str, *, by) -> None:
        """Move a guide that no reader knows yet to the address its title makes."""
        if not self.slug.startswith(stem_of(title)):
            self.rename(Guide.objects.free_slug(title), by=by)

    def delete_unseen(self) -> None:
        """Delete a guide that was never public, with its drafts and images."""
        for image in self.images.all():
            image.discard()
        self.editions.all().delete()
        self.delete()

    def publish(self, *, by, change_note: str = "", override_reason: str = "") -> None:
        """Make the newest draft the live edition.

        Raises ValidationError when there is no draft, or as `Edition.publish` does.
        """
        if not (draft := self.draft):
            raise ValidationError("This guide has no draft to publish.")
        draft.publish(by=by, change_note=change_note, override_reason=override_reason)

    @transaction.atomic
    def withdraw(self, *, by, reason: str) -> None:
        """Take a live guide out of lists; its page stays, under a notice.

        Raises ValidationError when it is not live or no reason is given.
        """
        self._leave_lists(Guide.Visibility.WITHDRAWN, by=by, reason=reason)

    @transaction.atomic
    def restore(self, *, by, reason: str) -> None:
        """Show a withdrawn guide again, in lists and without the notice.

        Raises ValidationError when it is not withdrawn or no reason is given.
        """
        self._lock()
        if self.visibility != Guide.Visibility.WITHDRAWN or not readable(reason):
            raise ValidationError("Only a withdrawn guide returns, and for a reason.")
        self.live_edition.learn_words()
        self._set_visibility(Guide.Visibility.LIVE, by=by, reason="")
        GuideAction.record("restore", guide=self, by=by, reason=readable(reason))

    @transaction.atomic
    def mark_gone(self, *, by, reason: str) -> None:
        """Take the guide away for good; its address says why.

        Raises ValidationError when no reason is given or it was never public.
        """
        self._leave_lists(Guide.Visibility.GONE, by=by, reason=reason)

    @transaction.atomic
    def merge(self, *, into: "Guide", by, reason: str = "") -> None:
        """Send readers of this guide to another one, which now covers it.

        Raises ValidationError when the other guide is not live or is this one.
        """
        # In one order, so that two merges at once cannot wait for each other.
        both = Guide.objects.select_for_update(of=["self"]).order_by("pk")
        rows = {guide.pk: guide for guide in both.filter(pk__in=[self.pk, into.pk])}
        other = rows[into.pk]
        if other.pk == self.pk or other.visibility != Guide.Visibility.LIVE:
            raise ValidationError("Choose another guide that is live.")
        reason = readable(reason) or "Merged into another guide."
        self._leave_lists(Guide.Visibility.MERGED, by=by, reason=reason, into=other)

    @transaction.atomic
    def rename(self, slug: str, *, by) -> None:
        """Move the guide to another address; the old one leads there.

        Raises ValidationError when the slug is malformed or taken.
        """
        self._lock()
        old, self.slug = self.slug, slug
        self.full_clean()
        if slug == old:
            return
        self.old_slugs.filter(slug=slug).delete()
        OldSlug.objects.create(slug=old, guide=self, changed_by=by)
        self.save(update_fields=["slug"])
        if self.first_published_at:
            GuideAction.record("rename", guide=self, by=by, reason=f"{old} → {slug}")

    def clean(self) -> None:
        """Refuse a slug that used to lead to another guide."""
        if OldSlug.objects.filter(slug=self.slug).exclude(guide=self.pk).exists():
            raise ValidationError({"slug": "Another guide had this address before."})

    def show(self, edition, *, by) -> None:
        """Make an edition the live one. Called by its `publish`, in a transaction."""
        self.live_edition = edition
        self.first_published_at = self.first_published_at or edition.published_at
        self.reckon_due_day()
        self._set_visibility(Guide.Visibility.LIVE, by=by, reason="")

    def _lock(self) -> None:
        Guide.objects.select_for_update(of=["self"]).get(pk=self.pk)
        self.refresh_from_db()

    def _leave_lists(self, visibility: str, *, by, reason: str, into=None) -> None:
        self._lock()
        allowed = {Guide.Visibility.LIVE}
        if visibility == Guide.Visibility.GONE:
            allowed |= {Guide.Visibility.WITHDRAWN, Guide.Visibility.MERGED}
        if self.visibility not in allowed:
            state = self.get_visibility_display().lower()
            raise ValidationError(f"This guide is {state}, so this cannot be done.")
        if not readable(reason):
            raise ValidationError("Give a reason. Readers will see it.")
        if self.visibility == Guide.Visibility.LIVE:
            self.live_edition.forget_words()
        self.merged_into = into
        self._set_visibility(visibility, by=by, reason=readable(reason))
        verb = LEAVING[visibility]
        GuideAction.record(verb, guide=self, by=by, reason=self.visibility_reason)
        self._call_off_planned_day()

    def _call_off_planned_day(self) -> None:
        """Keep what was planned before the guide left from bringing it back."""
        if (draft := self.draft) and draft.state == "scheduled":
            state = self.get_visibility_display().lower()
            draft.unschedule(by=None, reason=f"The guide is {state} now.")

    def _set_visibility(self, visibility: str, *, by, reason: str) -> None:
        self.visibility = visibility
        self.visibility_reason = reason
        self.visibility_changed_by = by
        self.visibility_changed_at = timezone.now()
        self.save()
        if visibility == Guide.Visibility.LIVE:
            self.catch_up()


LEAVING = {"withdrawn": "withdraw", "merged": "merge", "gone": "mark-gone"}
