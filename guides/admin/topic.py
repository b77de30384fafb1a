"""Topics, and the searches that found nothing."""

from django.contrib import admin

from accounts.curating import CuratorAdmin, RecordAdmin
from guides.models import EmptySearch, Topic


@admin.register(Topic)
class TopicAdmin(CuratorAdmin):
    """The shelves, in the order the home page shows them."""

    list_display = ["title", "slug", "order"]
    list_editable = ["order"]
    ordering = ["order", "title"]
    search_fields = ["title"]
    prepopulated_fields = {"slug": ["title"]}


@admin.register(EmptySearch)
class EmptySearchAdmin(RecordAdmin):
    """Words that found nothing: perhaps the next guide."""

    list_display = ["query", "day"]
    ordering = ["-day", "query"]
