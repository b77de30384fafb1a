"""Guides: what lasts, where the next edition stands, and the verbs of curators."""

from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html

from accounts.curating import CuratorAdmin
from guides.admin.filters import GivenTo, HasAnOwner, HowFresh, InWork
from guides.admin.forms import GuideForm
from guides.admin.verbs import VERBS, possible_verbs
from guides.models import Edition, Guide

RECORDS_SHOWN = 30


@admin.register(Guide)
class GuideAdmin(CuratorAdmin):
    """Every guide, whatever its state."""

    form = GuideForm
    list_display = [
        *("newest_title", "kind", "visibility", "next_edition", "waits_since"),
        *("looked_at_by", "owner", "due_on", "first_published_at"),
    ]
    list_filter = [
        *(InWork, GivenTo, HowFresh, HasAnOwner),
        *("visibility", "kind", "topics"),
    ]
    list_select_related = ["owner"]
    search_fields = ["slug__startswith", "owner__handle__exact"]
    search_help_text = (
        "How the slug begins, or the whole handle of its owner. "
        "Readers’ search finds words in the text."
    )
    autocomplete_fields = ["topics", "organisations", "jurisdictions"]
    readonly_fields = ["standing", "owner", "due_on"]
    actions = VERBS
    change_form_template = "admin/guides/guide/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With the newest title, and where the next edition stands."""
        newest = Edition.objects.filter(guide=OuterRef("pk")).order_by("-number")
        in_work = Edition.objects.drafts().filter(guide=OuterRef("pk")).order_by()
        rows = super().get_queryset(request).with_draft_state()
        return rows.annotate(
            newest_title=Subquery(newest.values("title")[:1]),
            submitted_at=Subquery(in_work.values("submitted_at")[:1]),
            reviewer=Subquery(in_work.values("reviewer__display_name")[:1]),
        )

    def get_readonly_fields(self, request: HttpRequest, obj=None) -> list[str]:
        """A public guide's address moves by its own verb, so that links last."""
        fixed = ["slug"] if obj and obj.first_published_at else []
        return [*self.readonly_fields, *fixed]

    def add_view(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """A guide is begun on the page on which everybody writes."""
        return redirect("guides:new")

    def save_model(self, request: HttpRequest, obj: Guide, form, change) -> None:
        """Save what the curator changed, and nothing else of a row that others may be
        working on."""
        rows = {field.name for field in Guide._meta.concrete_fields}
        changed = {name: form.cleaned_data[name] for name in form.changed_data}
        changed = {name: value for name, value in changed.items() if name in rows}
        if changed:
            obj.amend(by=request.user, **changed)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """With the draft, the verbs and the record beside the form."""
        guide = self.get_object(request, object_id)
        if guide is None:
            return super().change_view(request, object_id, form_url)
        record = guide.actions.select_related("by", "person", "edition")
        more = {
            "guide": guide,
            "draft": (draft := guide.draft),
            "record": record[:RECORDS_SHOWN],
            "verbs": possible_verbs(guide, draft, request.user),
            "list": reverse("admin:guides_guide_changelist"),
        }
        more |= extra_context or {}
        return super().change_view(request, object_id, form_url, more)

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        """Guides are withdrawn or taken away, never deleted."""
        return False

    @admin.display(description="title")
    def newest_title(self, guide: Guide) -> str:
        """The title of the newest edition."""
        return guide.newest_title or "(no title yet)"

    @admin.display(description="next edition")
    def next_edition(self, guide: Guide) -> str:
        """Where the edition in work stands."""
        state = guide.draft_state
        return Edition.State(state).label if state else "–"

    @admin.display(description="waits since", ordering="submitted_at")
    def waits_since(self, guide: Guide):
        """When the edition in work was handed in, while curators have it."""
        is_waiting = guide.draft_state in {"submitted", "ready", "scheduled"}
        return guide.submitted_at if is_waiting else None

    @admin.display(description="looked at by")
    def looked_at_by(self, guide: Guide) -> str:
        """Which curator the edition in work was given to."""
        return guide.reviewer or "–"

    @admin.display(description="where it stands")
    def standing(self, guide: Guide) -> str:
        """Its state, with the reason readers see, and its page."""
        state = guide.get_visibility_display() or "New"
        reason = guide.visibility_reason
        words = f"{state}: {reason}" if reason else state
        if guide.live_edition_id is None:
            return words
        page = '{} <a href="{}">See the page</a>'
        return format_html(page, words, guide.get_absolute_url())
