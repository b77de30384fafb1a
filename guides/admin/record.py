"""What was done to guides, and who checked them: to read."""

from django.contrib import admin

from accounts.curating import RecordAdmin
from guides.models import GuideAction, Reads, Verification


@admin.register(GuideAction)
class GuideActionAdmin(RecordAdmin):
    """Every verb done to a guide, newest first."""

    list_display = ["at", "verb", "guide", "by", "person", "reason"]
    list_filter = ["verb", "at"]
    list_select_related = ["guide", "by", "person"]
    search_fields = ["guide__slug__exact", "by__handle__exact"]
    search_help_text = "The whole slug of a guide, or the handle of a person."


@admin.register(Verification)
class VerificationAdmin(RecordAdmin):
    """Who found which guide still correct, and what that rests on."""

    list_display = ["at", "guide", "by", "basis", "note"]
    list_filter = ["basis", "at"]
    list_select_related = ["guide", "by"]
    search_fields = ["guide__slug__exact", "by__handle__exact"]
    search_help_text = "The whole slug of a guide, or the handle of a person."


@admin.register(Reads)
class ReadsAdmin(RecordAdmin):
    """How often guides were read each day, and whether they helped."""

    list_display = ["day", "guide", "reads", "helped", "not_helped"]
    list_filter = ["day"]
    list_select_related = ["guide"]
    search_fields = ["guide__slug__exact"]
    search_help_text = "The whole slug of a guide."
