"""Editions: every one in a list to read. Texts are written on the site's own page."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html

from accounts.curating import RecordAdmin
from guides.models import Edition


@admin.register(Edition)
class EditionAdmin(RecordAdmin):
    """Every edition, with where it stands."""

    fields = [
        *("guide", "number", "state", "title", "summary", "body", "change_note"),
        *("is_minor", "created_by", "reviewer", "approved_by", "published_by"),
        *("override_reason", "scheduled_for", "published_at", "page"),
    ]
    readonly_fields = ["page"]
    list_display = [
        *("title", "number", "state", "created_by", "reviewer"),
        *("submitted_at", "changed_at", "published_at"),
    ]
    list_filter = ["state", "is_minor"]
    list_select_related = ["created_by", "reviewer", "guide"]
    search_fields = ["guide__slug__exact"]
    search_help_text = "The whole slug of a guide."

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Without the rendered texts, which no list shows."""
        heavy = "body_html", "explained_html", "terms", "body_text", "search"
        return super().get_queryset(request).defer(*heavy)

    @admin.display(description="page")
    def page(self, edition: Edition) -> str:
        """The edition as readers see or would see it."""
        return format_html('<a href="{}">See the page</a>', edition.get_absolute_url())
