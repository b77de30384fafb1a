"""Members: whose comments wait, and who is shut out."""

from django.contrib import admin
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.template.loader import render_to_string

from accounts.curating import VerbAdmin, verb_action
from discussions.admin.forms import SuspendForm, TellingForm
from discussions.models import Member, ModerationAction, Report

SHOWN = 20  # of the last comments and actions


@admin.register(Member)
class MemberAdmin(VerbAdmin):
    """Everybody with an account, with what a curator may do about them."""

    list_display = [
        *("display_name", "handle", "date_joined"),
        *("standing", "open_reports"),
    ]
    list_filter = ["is_held", "is_active"]
    show_facets = admin.ShowFacets.NEVER  # they count every row
    search_fields = ["email__exact", "handle__exact"]
    search_help_text = "The whole email address or handle."
    fields = [
        *("display_name", "handle", "email", "date_joined", "standing"),
        *("open_reports", "comments", "record"),
    ]
    actions = [
        verb_action(
            "Hold",
            Member.hold,
            TellingForm,
            explanation="Their later comments wait for a curator.",
        ),
        verb_action(
            "Release",
            Member.release,
            TellingForm,
            explanation="Their later comments appear at once again.",
        ),
        verb_action(
            "Suspend",
            Member.suspend,
            SuspendForm,
            explanation="They are signed out everywhere at once and cannot sign in.",
        ),
        verb_action(
            "Reinstate",
            Member.reinstate,
            TellingForm,
            explanation="They can sign in again. Hidden comments stay hidden.",
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With the number of reports that wait about what they wrote."""
        waiting = Report.objects.open().filter(comment__author=OuterRef("pk"))
        count = waiting.order_by().values("comment__author").annotate(n=Count("pk"))
        number = Coalesce(Subquery(count.values("n")), 0)
        return super().get_queryset(request).annotate(number_of_reports=number)

    @admin.display(description="standing")
    def standing(self, member: Member) -> str:
        """Whether they are shut out, or their comments wait."""
        shut_out = "" if member.is_active else "Suspended"
        held = "Comments wait for a curator" if member.is_held else ""
        return ". ".join(filter(None, [shut_out, held])) or "As everybody"

    @admin.display(description="open reports")
    def open_reports(self, member: Member) -> int:
        """How many reports wait about their comments."""
        return member.number_of_reports

    @admin.display(description="last comments")
    def comments(self, member: Member) -> str:
        """The newest of what they wrote, whatever became of it."""
        newest = member.comments.select_related("thread__guide").order_by(
            "-created_at"
        )[:SHOWN]
        return _render("comments", member=member, comments=newest)

    @admin.display(description="what curators did")
    def record(self, member: Member) -> str:
        """The record of this person and of their comments."""
        # Two questions with an index each: one with an "or" reads the whole record.
        newest: set[int] = set()
        for about in {"person": member}, {"comment__author": member}:
            found = ModerationAction.objects.filter(**about).values_list(
                "pk", flat=True
            )
            newest.update(found[:SHOWN])
        rows = ModerationAction.objects.filter(pk__in=newest)
        actions = rows.select_related("by", "comment")[:SHOWN]
        return _render("record", member=member, actions=actions)


def _render(name: str, **context) -> str:
    return render_to_string(f"admin/discussions/member/_{name}.html", context)
