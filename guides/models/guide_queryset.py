"""Many guides at once: who may see or write them, and how lists find them."""

from datetime import date, timedelta
from itertools import chain, count
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When
from django.utils import timezone

from accounts.models import User
from guides.facets import Stage
from guides.models.slug import RESERVED_SLUGS, OldSlug, stem_of
from guides.models.verification import DUE_SOON

REMIND_AGAIN = timedelta(days=30)
DRAFTS_AT_ONCE = 30  # guides of one person that were never public

# An index of the guides has both, word for word: PostgreSQL reads the first few only.
BEFORE, DAY, WEEK = Stage.BEFORE.value, Stage.FIRST_DAY.value, Stage.FIRST_WEEK.value
AROUND_ARRIVAL = Q(stages__overlap=[BEFORE, DAY, WEEK])
ARRIVAL = Case(
    When(stages__contains=[BEFORE], then=0),
    When(stages__contains=[DAY], then=1),
    default=2,
)


class GuideQuerySet(models.QuerySet):
    """Guides, and who may see them."""

    def live(self) -> "GuideQuerySet":
        """Guides that lists, feeds and searches show to everybody."""
        return self.filter(visibility="live")

    def visible_to(self, user) -> "GuideQuerySet":
        """Guides that this person may know of: all that were ever public, their
        own, and every one for a curator."""
        if user.is_staff and user.has_perm("guides.view_guide"):
            return self
        public = ~Q(visibility="unpublished")
        if user.is_authenticated:
            public |= Q(owner=user) | Q(pk__in=user.editions.values("guide"))
        return self.filter(public)

    def editable_by(self, user) -> "GuideQuerySet":
        """Guides whose next edition this person may write: their own, those with an
        unpublished edition of theirs, and every one for a curator."""
        if not user.is_authenticated:
            return self.none()
        if user.is_staff and user.has_perm("guides.change_guide"):
            return self
        drafts = user.editions.drafts().values("guide")
        return self.filter(Q(owner=user) | Q(pk__in=drafts))

    @transaction.atomic
    def start(self, *, by, key: UUID, kind: str, title: str = ""):
        """A new guide with its first draft, written by this person. Returns the draft.

        The same key leads to the same guide, however often a form is sent. Raises
        ValidationError when the person has very many drafts already.
        """
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        if known := self.filter(owner=by, start_key=key).first():
            return known.editions.order_by("-number").first()
        unseen = self.filter(owner=by, first_published_at__isnull=True)
        if unseen.count() >= DRAFTS_AT_ONCE:
            raise ValidationError(
                f"You have {DRAFTS_AT_ONCE} drafts already. Finish or delete one first."
            )
        slug = self.free_slug(title)
        guide = self.create(slug=slug, kind=kind, owner=by, start_key=key)
        return guide.editions.create(title=title, created_by=by)

    def free_slug(self, title: str) -> str:
        """The address that a title makes, with a number behind it where it is taken."""
        stem = stem_of(title)
        taken = set(RESERVED_SLUGS)
        for rows in self, OldSlug.objects:
            like = rows.filter(slug__startswith=stem)
            taken.update(like.values_list("slug", flat=True))
        numbers = (f"{stem}-{number}" for number in count(2))
        return next(slug for slug in chain([stem], numbers) if slug not in taken)

    def readable(self) -> "GuideQuerySet":
        """Guides whose text everybody may read: live, or withdrawn with a notice."""
        readable = ["live", "withdrawn"]
        return self.filter(visibility__in=readable)

    def for_cards(self) -> "GuideQuerySet":
        """With all that a card in a list shows, without the text of the guides."""
        guide = ("slug", "kind", "visibility", "first_published_at", "due_on")
        edition = (
            "number",
            "title",
            "summary",
            "change_note",
            "byline",
            "word_count",
            "published_at",
            "created_by__display_name",
        )
        rows = self.select_related("live_edition__created_by").with_affected()
        return rows.only(*guide, *(f"live_edition__{name}" for name in edition))

    def for_page(self) -> "GuideQuerySet":
        """With all that the guide's own page shows, and no more."""
        related = "live_edition__created_by", "last_verification__by"
        heavy = "live_edition__body_text", "live_edition__search"
        return self.select_related(*related).defer(*heavy).with_affected()

    def with_affected(self) -> "GuideQuerySet":
        """Adds `is_affected`: whether a task on the guide waits for somebody."""
        return self.annotate(is_affected=Exists(self._open_tasks()))

    def affected(self) -> "GuideQuerySet":
        """Live guides of which something that they rest on has changed."""
        return self.live().filter(Exists(self._open_tasks()))

    def citing(self, row) -> "GuideQuerySet":
        """Live guides whose text, as readers see it, cites a policy, body or term."""
        citations = row._meta.get_field("citations").related_model.objects
        about = {"edition": OuterRef("live_edition"), row._meta.model_name: row}
        return self.live().filter(Exists(citations.filter(**about)))

    def _open_tasks(self) -> models.QuerySet:
        tasks = self.model._meta.get_field("review_tasks").related_model
        return tasks.objects.open().filter(guide=OuterRef("pk")).order_by()

    def with_draft_state(self) -> "GuideQuerySet":
        """Adds `draft_state` and `draft_number` of the edition in work, or None."""
        editions = self.model._meta.get_field("editions").related_model
        mine = editions.objects.drafts().filter(guide=OuterRef("pk")).order_by()
        return self.annotate(
            draft_state=Subquery(mine.values("state")[:1]),
            draft_number=Subquery(mine.values("number")[:1]),
        )

    def due_by(self, day: date) -> "GuideQuerySet":
        """Live guides that somebody should have looked at again by this day."""
        return self.live().filter(due_on__lte=day).order_by("due_on", "pk")

    def overdue(self) -> "GuideQuerySet":
        """Live guides whose day has passed, longest first."""
        return self.due_by(timezone.localdate() - timedelta(days=1))

    def to_remind(self) -> "GuideQuerySet":
        """Guides whose owner should hear today that they are due: once when it is
        soon, once when the day has passed, and then once a month."""
        today = timezone.localdate()
        is_over = Q(due_on__lt=today)
        again = Q(reminded_on__lte=F("due_on")) | Q(
            reminded_on__lte=today - REMIND_AGAIN
        )
        hears = Q(reminded_on__isnull=True) | is_over & again
        soon = self.due_by(today + DUE_SOON - timedelta(days=1))
        return soon.filter(hears, owner__isnull=False)

    def newest_first(self) -> "GuideQuerySet":
        """Guides with a live edition, the newest of these first.

        That the edition is published is known. Said here, it lets the index of the
        published ones end a list after its page, however many guides there are.
        """
        published = self.filter(live_edition__state="published")
        return published.order_by("-live_edition__published_at", "-pk")

    def last_verified_first(self) -> "GuideQuerySet":
        """Guides that somebody found still correct, the last one first, each with the
        day as `verified_at`."""
        verified = self.filter(last_verification__isnull=False)
        verified = verified.annotate(verified_at=F("last_verification__at"))
        return verified.order_by("-last_verification_id")

    def signed_by(self, person) -> "GuideQuerySet":
        """Live guides whose text this person wrote and signs, newest first."""
        theirs = Q(live_edition__created_by=person, live_edition__byline="")
        return self.live().filter(theirs).for_cards().newest_first()

    def for_arrival(self) -> "GuideQuerySet":
        """What to read around the first day, in the order it is needed."""
        return self.filter(AROUND_ARRIVAL).order_by(ARRIVAL, "first_published_at", "pk")
