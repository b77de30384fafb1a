"""The site's own pages, and the name of the admin."""

from django.conf import settings
from django.contrib import admin

from accounts.curating import CuratorAdmin
from hub.models import Page

admin.site.site_header = f"{settings.SITE_NAME} for curators"
admin.site.site_title = settings.SITE_NAME
admin.site.index_title = "What there is"


@admin.register(Page)
class PageAdmin(CuratorAdmin):
    """House rules, privacy and the like."""

    list_display = ["title", "slug", "updated_at"]
    ordering = ["title"]
    prepopulated_fields = {"slug": ["title"]}
