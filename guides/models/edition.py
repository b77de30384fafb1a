"""An edition: one state of a guide's text, kept for ever once published."""

from math import ceil

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.core.validators import MaxLengthValidator
from django.db import models, transaction
from django.db.models import F, Func, Max, Q, Value, Window
from django.db.models.functions import Lead, Length, Now
from django.urls import reverse
from django.utils import timezone

from accounts.models import initials_of
from guides.citations import renewal
from guides.fields import LineField, ProseField
from guides.markdown import clean_text, faults_in, render_guide
from guides.models.citation import Citation
from guides.models.explaining import EXPLAINED, Explaining, ExplainingQuerySet
from guides.models.guide import Guide
from guides.models.publishing import Publishing
from guides.models.why_block import WhyBlock
from guides.models.words import Word
from guides.models.workflow import OPEN
from guides.registers import look_up
from guides.search import SHELF
from guides.why import Fault

models.TextField.register_lookup(Length)  # for the limits on texts, here and beyond

PUBLIC = ("published", "superseded")
RENDERED = ("body_html", "body_text", "contents", "word_count", *EXPLAINED)
HEAVY = ("body", "body_html", "body_text", "contents", "search", *EXPLAINED[:2])
WORDS_A_MINUTE = 200  # adults reading non-fiction silently: Brysbaert 2019, rounded


class EditionQuerySet(ExplainingQuerySet):
    """Editions, and who may read them."""

    def published(self) -> "EditionQuerySet":
        """Editions that are or were live, newest first."""
        return self.filter(state__in=PUBLIC).order_by("-number")

    def with_previous_numbers(self) -> "EditionQuerySet":
        """Adds `previous_number`: the edition that each one replaced, or None."""
        before = Window(Lead("number"), order_by=F("number").desc())
        return self.annotate(previous_number=before)

    def for_history(self) -> "EditionQuerySet":
        """With the authors' names, without the texts."""
        return self.select_related("created_by").defer(*HEAVY)

    def renew(self, slug: str, became: str) -> None:
        """Have these texts say something else of what has become of a body, where
        they name it first. The worker explains their terms anew within a minute."""
        place, told = map(Value, renewal(slug, became))
        texts = "body_html", "explained_html"
        function = "regexp_replace"
        again = {name: Func(name, place, told, function=function) for name in texts}
        changed = self.exclude(body_html=again["body_html"])
        changed.update(**again, glossary_version=0)

    def drafts(self) -> "EditionQuerySet":
        """Editions that no reader has seen."""
        return self.exclude(state__in=PUBLIC)

    def visible_to(self, user) -> "EditionQuerySet":
        """Editions this person may read: published ones of public guides, drafts
        of their own guides, and every one for a curator."""
        if user.is_staff and user.has_perm("guides.view_edition"):
            return self
        public = Q(
            state__in=PUBLIC,
            guide__visibility__in=[Guide.Visibility.LIVE, Guide.Visibility.WITHDRAWN],
        )
        if user.is_authenticated:
            public |= Q(created_by=user) | Q(guide__owner=user)
        return self.filter(public)


class Edition(Explaining, Publishing):
    """The text of a guide as it stands or stood, or as it may become."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SUBMITTED = "submitted", "Submitted"
        CHANGES_REQUESTED = "changes-requested", "Changes requested"
        READY = "ready", "Ready"
        SCHEDULED = "scheduled", "Scheduled"
        PUBLISHED = "published", "Published"
        SUPERSEDED = "superseded", "Superseded"

    guide = models.ForeignKey(Guide, models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField(editable=False)
    title = LineField(max_length=120, help_text="Up to 65 letters read best in lists.")
    summary = LineField(
        max_length=300, help_text="One sentence. Up to 160 letters read best."
    )
    body = ProseField(
        "text",
        validators=[MaxLengthValidator(settings.GUIDE_MAX_LENGTH)],
        help_text="Markdown. Start sections with ##.",
    )
    body_html = models.TextField(editable=False)
    body_text = models.TextField(editable=False)
    contents = models.JSONField(default=list, editable=False)
    word_count = models.PositiveIntegerField(default=0, editable=False)
    byline = LineField(
        max_length=80,
        blank=True,
        help_text="Only when somebody else than its author signs it.",
    )
    sources_read_on = models.DateField(
        null=True,
        blank=True,
        help_text="The day its sources were read, if nobody has verified it yet.",
    )
    is_minor = models.BooleanField(
        "minor change",
        default=False,
        help_text="Spelling and layout only: needs no change note.",
    )
    change_note = ProseField(
        max_length=1000,
        blank=True,
        help_text="What changed and why it matters to readers.",
    )
    state = models.CharField(
        max_length=20, choices=State, default=State.DRAFT, editable=False
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="editions",
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    editors = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, editable=False, related_name="edits"
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    published_at = models.DateTimeField(null=True, editable=False)
    override_reason = ProseField(
        "reason for publishing one's own edition", blank=True, editable=False
    )
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    changed_at = models.DateTimeField(
        default=timezone.now, db_default=Now(), editable=False
    )
    submitted_at = models.DateTimeField(null=True, editable=False)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="reviews",
    )
    review_began_at = models.DateTimeField(null=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    approved_at = models.DateTimeField(null=True, editable=False)
    scheduled_for = models.DateTimeField(null=True, editable=False)
    search = models.GeneratedField(
        expression=SearchVector("title", weight="A", config="english")
        + SearchVector("summary", weight="B", config="english")
        + SearchVector("body_text", weight="C", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["guide", "-number"]
        indexes = [
            GinIndex(
                F("search"),
                # A list of one, because GIN has lists without an extension.
                Func(F("id") / SHELF, template="ARRAY[%(expressions)s]"),
                name="published_edition_words",
                condition=Q(state="published"),
                fastupdate=False,
            ),
            models.Index(
                F("published_at").desc(),
                name="published_edition_newest",
                condition=Q(state="published"),
            ),
            models.Index(
                fields=["state", "submitted_at"],
                name="edition_in_work",
                condition=~Q(state__in=PUBLIC),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        "draft",
                        "submitted",
                        "changes-requested",
                        "ready",
                        "scheduled",
                        "published",
                        "superseded",
                    ]
                ),
                name="edition_state_is_known",
            ),
            models.UniqueConstraint(
                fields=["guide", "number"], name="edition_numbers_are_unique"
            ),
            models.UniqueConstraint(
                fields=["guide"],
                condition=Q(state="published"),
                name="one_published_edition_per_guide",
            ),
            models.UniqueConstraint(
                fields=["guide"],
                condition=~Q(state__in=PUBLIC),
                name="one_draft_per_guide",
                violation_error_message="This guide has a draft already.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN)
                | ~Q(title="") & ~Q(summary="") & ~Q(body=""),
                name="edition_handed_in_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(state="scheduled", scheduled_for__isnull=False)
                | ~Q(state="scheduled") & Q(scheduled_for__isnull=True),
                name="scheduled_edition_has_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="submitted") | Q(submitted_at__isnull=False),
                name="submitted_edition_has_a_date",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | ~Q(override_reason="")
                | ~Q(approved_by=F("created_by")),
                name="own_approval_needs_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["published", "superseded"])
                | Q(is_minor=True)
                | ~Q(change_note=""),
                name="major_edition_has_a_change_note",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["published", "superseded"])
                | Q(published_at__isnull=False),
                name="published_edition_has_a_date",
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True)
                | ~Q(override_reason="")
                | ~Q(published_by=F("created_by"))
                # Who approved it may have left since.
                | Q(approved_at__isnull=False) & ~Q(approved_by=F("created_by")),
                name="own_edition_needs_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(body__length__lte=settings.GUIDE_MAX_LENGTH),
                name="edition_body_is_not_too_long",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @transaction.atomic
    def save(self, *args, **kwargs) -> None:
        """Give a new edition its number, and render its text when that may differ."""
        if self._state.adding and self.number is None:
            # The lock keeps two new editions from taking one number.
            Guide.objects.select_for_update(of=["self"]).get(pk=self.guide_id)
            last = self.guide.editions.aggregate(last=Max("number"))["last"]
            self.number = (last or 0) + 1
        given, is_new = kwargs.get("update_fields"), self._state.adding
        if given is None or "body" in given:
            self.render(anew=True)
            kwargs["update_fields"] = given and {*given, *RENDERED}
        elif "muted_terms" in given:
            self.explain()
            kwargs["update_fields"] = {*given, *EXPLAINED}
        super().save(*args, **kwargs)
        rendered, register = self.__dict__.pop("rendered", (None, {}))
        if rendered and (rendered.cited or not is_new):
            Citation.objects.keep(self, rendered.cited, register)
        if rendered and (rendered.whys or not is_new):
            WhyBlock.objects.keep(self, rendered.whys, register)

    def get_absolute_url(self) -> str:
        """The page of this very edition."""
        return reverse("guides:edition", args=[self.guide.slug, self.number])

    def render(self, *, anew: bool = False) -> None:
        """Turn the Markdown into the HTML, contents and words that are stored, with
        its terms explained. What it cites keeps the name it had when the words were
        written, if not written anew."""
        self.body = clean_text(self.body)
        may_cite = "[[" in self.body
        shown = self.citations.names() if may_cite and not anew else {}
        register = look_up(self.body, shown)
        rendered = render_guide(self.body, register)
        self.rendered = rendered, register
        self.body_html = rendered.html
        self.body_text = rendered.text
        self.contents = rendered.contents
        self.word_count = len(rendered.text.split())
        self.explain()

    @property
    def reading_minutes(self) -> int:
        """Minutes an adult needs to read it, at least one."""
        return max(1, ceil(self.word_count / WORDS_A_MINUTE))

    @property
    def faults(self) -> list[Fault]:
        """What its “Why is it like this?” blocks lack, without which nobody hands it
        in or publishes it."""
        if ":::" not in self.body:
            return []
        return faults_in(self.body, look_up(self.body, guesses=True))

    @property
    def asked_for(self):
        """What a curator asked to change when it came back, while that stands."""
        if self.state != Edition.State.CHANGES_REQUESTED:
            return None
        return self.actions.filter(verb="request-changes").first()

    @property
    def signed_as(self) -> str:
        """The name under the title."""
        if self.byline:
            return self.byline
        return self.created_by.display_name if self.created_by else "A former member"

    @property
    def initials(self) -> str:
        """One or two letters that stand for whoever signs it."""
        return initials_of(self.signed_as)

    @property
    def is_public(self) -> bool:
        """Whether it is or was live."""
        return self.state in PUBLIC

    @property
    def words(self) -> set[str]:
        """The words by which a search may find it."""
        return Word.words_of(f"{self.title}\n{self.summary}\n{self.body_text}")

    def learn_words(self) -> None:
        """Put its words into the vocabulary, when readers can find it."""
        Word.objects.replace(set(), self.words)

    def forget_words(self) -> None:
        """Take its words out of the vocabulary, when readers can find it no more."""
        Word.objects.replace(self.words, set())
