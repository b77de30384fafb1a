"""The record of what curators did."""

from django.contrib import admin

from accounts.curating import RecordAdmin
from discussions.models import ModerationAction


@admin.register(ModerationAction)
class ModerationActionAdmin(RecordAdmin):
    """The record of what curators did, which nobody can change."""

    list_display = ["at", "verb", "by", "reason", "comment", "guide", "person"]
    list_filter = ["verb"]
    list_select_related = ["by", "comment", "guide", "person"]
