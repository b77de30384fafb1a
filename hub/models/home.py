"""What the home page shows beside the search and the welcome words."""

from django.db import models
from django.db.models import Q

from guides.fields import LineField
from guides.models import Guide


class HomeSection(models.Model):
    """One part of the home page, where curators put it."""

    class Kind(models.TextChoices):
        FIRST = "first", "Guides around the first day"
        NEWEST = "newest", "New and changed guides"
        TOPICS = "topics", "Topics"
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
                condition=Q(kind__in=["first", "newest", "topics", "chosen"]),
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
        """Whether it may stand beside the welcome words: a short list of guides."""
        return self.kind in {HomeSection.Kind.FIRST, HomeSection.Kind.CHOSEN}


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
