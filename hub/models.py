"""The site's own pages, such as the house rules."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from guides.fields import LineField
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

    def render(self) -> None:
        """Turn the Markdown into the HTML that is stored."""
        self.body = clean_text(self.body)
        body = self.body.replace("{{ contact_email }}", settings.CONTACT_EMAIL)
        self.body_html = render_guide(body).html
