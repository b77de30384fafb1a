"""The site's own pages, such as the house rules."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from guides.fields import LineField, ProseField, readable
from guides.markdown import clean_text, render_guide

ADDRESSES = [
    "accounts",
    "admin",
    "comments",
    "demo",
    "desk",
    "feeds",
    "glossary",
    "guides",
    "healthz",
    "moderation",
    "organisations",
    "pathways",
    "people",
    "policies",
    "questions",
    "readyz",
    "search",
    "static",
    "styleguide",
    "topics",
    "wanted",
    "why",
]


WORDS = ("title", "summary", "body")


class Page(models.Model):
    """A page about the site itself, at /<slug>/."""

    slug = models.SlugField(max_length=60, unique=True)
    title = LineField(max_length=80)
    summary = LineField(max_length=200)
    body = models.TextField(
        "text", help_text="Markdown. {{ contact_email }} becomes the contact address."
    )
    body_html = models.TextField(editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(slug__in=ADDRESSES),
                name="page_slug_is_not_an_address",
                violation_error_message="This slug is an address of the site itself.",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args, **kwargs) -> None:
        """Render the text when it may have changed."""
        given = kwargs.get("update_fields")
        if given is None or "body" in given:
            self.render()
            kwargs["update_fields"] = given and {*given, "body_html"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The page itself."""
        return reverse("hub:page", args=[self.slug])

    @property
    def version(self) -> int:
        """The number of the newest version; 0 where none was kept yet."""
        newest = self.versions.first()
        return newest.number if newest else 0

    @transaction.atomic
    def revise(self, *, by, version: int, note: str, **words: str) -> None:
        """Show other words, and keep them as the next version.

        version: the number of the one that by has read. Raises ValidationError when
        somebody has saved since, or no note says what changed.
        """
        words = {name: clean_text(text).strip() for name, text in words.items()}
        now = Page.objects.select_for_update().get(pk=self.pk)
        if version != now.version:
            raise ValidationError("Somebody has saved this page since you opened it.")
        if all(getattr(now, name) == text for name, text in words.items()):
            return
        for name, text in words.items():
            setattr(self, name, text)
        self.save()
        self.keep(by=by, note=note)

    def keep(self, *, by, note: str) -> None:
        """Keep the words as they are now. Raises ValidationError without a note."""
        if not (note := readable(note)):
            raise ValidationError("Say what you changed.")
        words = {name: getattr(self, name) for name in WORDS}
        self.versions.create(number=self.version + 1, by=by, note=note, **words)

    def restore(self, number: int, *, by, version: int) -> None:
        """Show the words of an earlier version again, as a new one.

        Raises ValidationError as `revise` does.
        """
        earlier = self.versions.get(number=number)
        words = {name: getattr(earlier, name) for name in WORDS}
        note = f"Version {number} restored."
        self.revise(by=by, version=version, note=note, **words)

    def render(self) -> None:
        """Turn the Markdown into the HTML that is stored."""
        self.body = clean_text(self.body)
        body = self.body.replace("{{ contact_email }}", settings.CONTACT_EMAIL)
        self.body_html = render_guide(body).html


class PageVersion(models.Model):
    """A page as it was once saved. Rows are only ever added: a trigger sees to it."""

    page = models.ForeignKey(Page, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = LineField(max_length=80)
    summary = LineField(max_length=200)
    body = models.TextField()
    note = ProseField("what changed", max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "number"], name="one_page_version_of_a_number"
            ),
            models.CheckConstraint(
                condition=~Q(note=""), name="page_version_says_what_changed"
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number} of {self.title}"

    @property
    def text(self) -> str:
        """All its words, as one text to compare."""
        return whole_text(self.title, self.summary, self.body)


def whole_text(title: str, summary: str, body: str) -> str:
    """The words of a page as one text, a paragraph each."""
    return f"{title}\n\n{summary}\n\n{body}"
