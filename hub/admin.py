"""The site's own pages, and the name of the admin."""

from django.conf import settings
from django.contrib import admin
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.curating import CuratorAdmin
from hub.models import Page

admin.site.site_header = f"{settings.SITE_NAME} for curators"
admin.site.site_title = settings.SITE_NAME
admin.site.index_title = "What there is"
# A job holds a mail, and a mail may hold a code that signs somebody in.
admin.site.unregister(ProcrastinateJob)


@admin.register(Page)
class PageAdmin(CuratorAdmin):
    """House rules, privacy and the like."""

    list_display = ["title", "slug", "updated_at"]
    ordering = ["title"]
    prepopulated_fields = {"slug": ["title"]}
