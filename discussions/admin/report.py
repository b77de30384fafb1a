"""What readers reported: of guides, and of comments as they were decided."""

from django.contrib import admin
from django.http import HttpRequest
from django.template.loader import render_to_string

from accounts.curating import VerbAdmin, verb_action
from discussions.admin.filters import ReportsWaiting
from discussions.admin.forms import CloseForm
from discussions.models import Report


@admin.register(Report)
class ReportAdmin(VerbAdmin):
    """Reports that wait, the oldest first."""

    list_display = ["said", "about", "created_at", "by", "state"]
    list_display_links = None
    list_filter = [ReportsWaiting]
    linked_lookups = ["reason__in"]
    show_facets = admin.ShowFacets.NEVER  # they count every row
    list_select_related = ["by", "comment", "guide__live_edition"]
    fields = ["said", "about", "by", "created_at", "closed_by"]
    actions = [
        verb_action(
            "Close",
            Report.close,
            CloseForm,
            explanation="What is reported stays as it is. Every report about it "
            "closes.",
        )
    ]

    def get_ordering(self, request: HttpRequest) -> list[str]:
        """Who waits longest comes first; among all, the newest."""
        return ["-pk"] if request.GET.get("show") == "all" else ["pk"]

    @admin.display(description="what is wrong")
    def said(self, report: Report) -> str:
        """The reason, and the reader's own words."""
        return render_to_string("admin/discussions/report/_said.html", {"it": report})

    @admin.display(description="about")
    def about(self, report: Report) -> str:
        """The guide or the comment, with its place."""
        return render_to_string("admin/discussions/report/_about.html", {"it": report})

    @admin.display(description="state")
    def state(self, report: Report) -> str:
        """Whether a curator has looked."""
        return "Closed" if report.closed_by_id else "Waiting"
