"""Guides: what lasts, the draft in work, and the verbs that change what readers see."""

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.html import format_html

from accounts.curating import CuratorAdmin, ReasonForm, verb_action
from guides.admin.edition import DraftInline, words_to_start_from
from guides.admin.forms import (
    GuideForm,
    MergeForm,
    PublishForm,
    RenameForm,
    RestoreForm,
)
from guides.models import Edition, Guide

VERBS = [
    verb_action(
        "Publish the newest draft",
        Guide.publish,
        PublishForm,
        explanation="The newest draft of each guide becomes what readers see. "
        "The edition before it stays in the history.",
    ),
    verb_action(
        "Withdraw",
        Guide.withdraw,
        ReasonForm,
        explanation="The guide leaves lists and searches. "
        "Its page stays, with your reason above it.",
    ),
    verb_action(
        "Show again",
        Guide.restore,
        RestoreForm,
        explanation="A withdrawn guide returns to lists and searches.",
    ),
    verb_action(
        "Merge into another guide",
        Guide.merge,
        MergeForm,
        explanation="Its address will lead readers to the other guide.",
    ),
    verb_action(
        "Move to another address",
        Guide.rename,
        RenameForm,
        explanation="The old address will lead readers to the new one.",
        one_at_a_time=True,
    ),
    verb_action(
        "Take away for good",
        Guide.mark_gone,
        ReasonForm,
        explanation="Its address will say that it is gone, and why.",
    ),
]


class HasADraft(admin.SimpleListFilter):
    """Guides that wait for a curator, and the others."""

    title = "has a draft"
    parameter_name = "draft"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str]]:
        """The choices beside the list."""
        return [("yes", "Has a draft"), ("no", "Has none")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """The guides of the chosen kind."""
        waiting = Exists(Edition.objects.drafts().filter(guide=OuterRef("pk")))
        chosen = {"yes": waiting, "no": ~waiting}.get(self.value())
        return queryset if chosen is None else queryset.filter(chosen)


@admin.register(Guide)
class GuideAdmin(CuratorAdmin):
    """Every guide, whatever its state."""

    form = GuideForm
    inlines = [DraftInline]
    list_display = ["newest_title", "slug", "kind", "visibility", "owner"]
    list_filter = [HasADraft, "visibility", "kind", "topics"]
    list_select_related = ["owner"]
    search_fields = ["slug__startswith"]
    search_help_text = "How the slug begins. Readers' search finds words in the text."
    autocomplete_fields = ["topics", "organisations", "jurisdictions", "owner"]
    readonly_fields = ["standing", "preview"]
    actions = VERBS

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With the title of the newest edition."""
        newest = Edition.objects.filter(guide=OuterRef("pk")).order_by("-number")
        title = Subquery(newest.values("title")[:1])
        return super().get_queryset(request).annotate(newest_title=title)

    def get_object(self, request: HttpRequest, object_id: str, from_field=None):
        """The guide; what is about to change it waits for a publication to end."""
        guide = super().get_object(request, object_id, from_field)
        if guide and request.method == "POST":
            return Guide.objects.select_for_update(of=["self"]).get(pk=guide.pk)
        return guide

    def get_readonly_fields(self, request: HttpRequest, obj=None) -> list[str]:
        """A public guide's address moves by its own verb, so that links last."""
        fixed = ["slug"] if obj and obj.first_published_at else []
        return [*self.readonly_fields, *fixed]

    def get_formset_kwargs(self, request, obj, inline, prefix) -> dict:
        """A new draft starts from the words that readers see."""
        given = super().get_formset_kwargs(request, obj, inline, prefix)
        return given | {"initial": words_to_start_from(obj, request, prefix)}

    def save_formset(self, request, form, formset, change) -> None:
        """Whoever adds a draft here is its author; others have edited it."""
        written = formset.save(commit=False)
        for edition in (row for row in written if not row.is_public):
            if is_new := edition._state.adding:
                edition.created_by = request.user
            edition.save()
            if not is_new:
                edition.editors.add(request.user)
        formset.save_m2m()

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        """Guides are withdrawn or taken away, never deleted."""
        return False

    @admin.display(description="title")
    def newest_title(self, guide: Guide) -> str:
        """The title of the newest edition."""
        return guide.newest_title or "(no text yet)"

    @admin.display(description="where it stands")
    def standing(self, guide: Guide) -> str:
        """Its state, with the reason readers see."""
        state = guide.get_visibility_display() or "New"
        reason = guide.visibility_reason
        return f"{state}: {reason}" if reason else state

    @admin.display(description="preview")
    def preview(self, guide: Guide) -> str:
        """The newest draft, as readers would see it."""
        draft = guide.draft if guide.pk else None
        if not draft:
            return "Save a draft first."
        address = draft.get_absolute_url()
        return format_html('<a href="{}">Preview edition {}</a>', address, draft.number)
