"""What the home page shows beside the search and the welcome words."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef, Q
from django.db.models.functions import Lower

from guides.fields import LineField
from guides.models import Guide
from guides.models.asked import LONGEST


class HomeSectionQuerySet(models.QuerySet["HomeSection"]):
    """Sections, in the curators' order."""

    def with_words(self) -> "HomeSectionQuerySet":
        """Adds `words`: what curators put under the search box, in their order."""
        mine = HomeSearch.objects.filter(section=OuterRef("pk"))
        return self.annotate(words=ArraySubquery(mine.values("words")))


class HomeSection(models.Model):
    """One part of the home page, where curators put it."""

    class Kind(models.TextChoices):
        PATHWAY = "pathway", "The pathway for newcomers"
        FIRST = "first", "Guides around the first day"
        VERIFIED = "verified", "Guides found still correct"
        NEWEST = "newest", "New and changed guides"
        TOPICS = "topics", "Topics"
        SEARCHES = "searches", "Words often looked up"
        CHOSEN = "chosen", "Guides that curators choose"

    kind = models.CharField(
        max_length=20, choices=Kind, default=Kind.CHOSEN, editable=False
    )
    heading = LineField(max_length=60)
    kicker = LineField(
        "words on the tab",
        max_length=40,
        blank=True,
        help_text="Shown when the section stands beside the welcome words.",
    )
    order = models.PositiveSmallIntegerField(
        default=100,
        help_text="Lowest comes first. Guides that come first of all stand beside the "
        "welcome words.",
    )
    is_shown = models.BooleanField("shown to readers", default=True)

    objects = HomeSectionQuerySet.as_manager()

    class Meta:
        verbose_name = "section of the home page"
        verbose_name_plural = "sections of the home page"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=~Q(kind="chosen"),
                name="home_page_has_one_of_each",
            ),
            models.CheckConstraint(
                condition=~Q(heading=""), name="home_section_has_a_heading"
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "pathway",
                        "first",
                        "verified",
                        "newest",
                        "topics",
                        "searches",
                        "chosen",
                    ]
                ),
                name="home_section_kind_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.heading

    @property
    def anchor(self) -> str:
        """Its name in the page, for links and for what reads the page aloud."""
        is_one = self.kind != HomeSection.Kind.CHOSEN
        return self.kind if is_one else f"chosen-{self.pk}"

    @property
    def template(self) -> str:
        """The piece of page that draws it."""
        return f"hub/home/_{self.kind}.html"

    @property
    def is_reading_list(self) -> bool:
        """Whether it may stand beside the welcome words: a short list to begin with."""
        kinds = HomeSection.Kind
        return self.kind in {kinds.PATHWAY, kinds.FIRST, kinds.CHOSEN}


class HomeGuide(models.Model):
    """A guide that curators put into a section. It shows while it is live."""

    section = models.ForeignKey(HomeSection, models.CASCADE, related_name="places")
    guide = models.ForeignKey(Guide, models.CASCADE, related_name="home_places")
    order = models.PositiveSmallIntegerField(default=0, help_text="Lowest comes first.")

    class Meta:
        verbose_name = "guide of this section"
        verbose_name_plural = "guides of this section"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["section", "guide"],
                name="home_section_shows_a_guide_once",
                violation_error_message="This guide is in the section already.",
            )
        ]

    def __str__(self) -> str:
        return str(self.guide)


class HomeSearch(models.Model):
    """Words under the search box that lead to what they find. Curators choose them."""

    section = models.ForeignKey(HomeSection, models.CASCADE, related_name="searches")
    words = LineField(max_length=LONGEST)
    order = models.PositiveSmallIntegerField(default=0, help_text="Lowest comes first.")

    class Meta:
        verbose_name = "words often looked up"
        verbose_name_plural = "words often looked up"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                "section",
                Lower("words"),
                name="home_section_shows_words_once",
                violation_error_message="These words stand there already.",
            ),
            models.CheckConstraint(
                condition=~Q(words=""), name="home_search_has_words"
            ),
        ]

    def __str__(self) -> str:
        return self.words
