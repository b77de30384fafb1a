"""Guides, editions and topics, as curators see them."""

from django import forms
from django.contrib import admin
from django.contrib.postgres.forms import SimpleArrayField
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.html import format_html

from accounts.curating import CuratorAdmin, ReasonForm, RecordAdmin, verb_action
from guides.facets import Profession, Stage, Tier
from guides.models import Edition, EmptySearch, Guide, Topic


class FacetField(forms.TypedMultipleChoiceField):
    """Several values of one facet, as boxes to tick."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, choices, **given) -> None:
        super().__init__(choices=choices, required=False, **given)

    has_changed = SimpleArrayField.has_changed


class GuideForm(forms.ModelForm):
    """What lasts of a guide, whatever its editions say."""

    stages = FacetField(Stage.choices, help_text="When in a stay it helps.")
    professions = FacetField(Profession.choices, help_text="None means everyone.")
    tiers = FacetField(Tier.choices, help_text="None means any public body.")

    class Meta:
        model = Guide
        fields = [
            "slug",
            "kind",
            "topics",
            "public_benefit",
            "stages",
            "professions",
            "tiers",
            "organisations",
            "jurisdictions",
            "owner",
        ]


class PublishForm(forms.Form):
    """What a publication must say."""

    change_note = forms.CharField(
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What changed for readers. The first edition needs none.",
    )
    override_reason = forms.CharField(
        label="Why you publish your own edition",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Only if you wrote it yourself. It is kept on record.",
    )


class MergeForm(forms.Form):
    """Which guide readers are sent to."""

    into = forms.ModelChoiceField(
        Guide.objects.live(),
        to_field_name="slug",
        widget=forms.TextInput,
        label="Slug of the guide that now covers it",
        help_text="The last part of its address, for example your-first-week.",
        error_messages={"invalid_choice": "No live guide has this slug."},
    )
    reason = forms.CharField(required=False, help_text="Kept on record.")


PUBLISH = "Publish the newest draft"
WITHDRAW = "Withdraw"
MERGE = "Merge into another guide"
GONE = "Take away for good"


class DraftForm(forms.ModelForm):
    """The text of an edition, in fields as wide as the words they take."""

    class Meta:
        model = Edition
        fields = [
            "title",
            "summary",
            "body",
            "byline",
            "sources_read_on",
            "is_minor",
            "change_note",
        ]
        widgets = {
            "title": forms.TextInput(attrs={"size": 80}),
            "summary": forms.TextInput(attrs={"size": 80}),
            "body": forms.Textarea(attrs={"rows": 30, "cols": 90}),
            "change_note": forms.Textarea(attrs={"rows": 3, "cols": 90}),
        }


class DraftInline(admin.StackedInline):
    """The draft that the next publication makes live."""

    model = Edition
    verbose_name = "draft"
    verbose_name_plural = "draft"
    form = DraftForm
    max_num = 1
    can_delete = False
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Published editions are history and stay as they are."""
        return super().get_queryset(request).drafts()


@admin.register(Guide)
class GuideAdmin(CuratorAdmin):
    """Every guide, whatever its state."""

    form = GuideForm
    inlines = [DraftInline]
    list_display = ["newest_title", "slug", "kind", "visibility", "owner"]
    list_filter = ["visibility", "kind", "topics"]
    list_select_related = ["owner"]
    search_fields = ["slug__contains"]
    search_help_text = "A part of the slug. Readers' search finds words in the text."
    autocomplete_fields = ["topics", "organisations", "jurisdictions", "owner"]
    readonly_fields = ["standing", "preview"]
    actions = [
        verb_action(
            PUBLISH,
            Guide.publish,
            PublishForm,
            explanation="The newest draft of each guide becomes what readers see. "
            "The edition before it stays in the history.",
        ),
        verb_action(
            WITHDRAW,
            Guide.withdraw,
            ReasonForm,
            explanation="The guide leaves lists and searches. "
            "Its page stays, with your reason above it.",
        ),
        verb_action(
            MERGE,
            Guide.merge,
            MergeForm,
            explanation="Its address will lead readers to the other guide.",
        ),
        verb_action(
            GONE,
            Guide.mark_gone,
            ReasonForm,
            explanation="Its address will say that it is gone, and why.",
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With the title of the newest edition."""
        newest = Edition.objects.filter(guide=OuterRef("pk")).order_by("-number")
        title = Subquery(newest.values("title")[:1])
        return super().get_queryset(request).annotate(newest_title=title)

    def get_readonly_fields(self, request: HttpRequest, obj=None) -> list[str]:
        """A public guide's address moves by its own verb, so that links last."""
        fixed = ["slug"] if obj and obj.first_published_at else []
        return [*self.readonly_fields, *fixed]

    def save_formset(self, request, form, formset, change) -> None:
        """Whoever adds a draft here is its author."""
        for edition in formset.save(commit=False):
            if edition._state.adding:
                edition.created_by = request.user
            edition.save()
        formset.save_m2m()

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        """Guides are withdrawn or taken away, never deleted."""
        return False

    @admin.display(description="title", ordering="newest_title")
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


@admin.register(Edition)
class EditionAdmin(CuratorAdmin):
    """Every edition: drafts to work on, published ones to read."""

    form = DraftForm
    fields = ["guide", *DraftForm.Meta.fields, "preview"]
    readonly_fields = ["guide", "preview"]
    list_display = ["title", "number", "state", "created_by", "published_at"]
    list_filter = ["state"]
    list_select_related = ["created_by", "guide"]
    search_fields = ["=guide__slug"]
    search_help_text = "The whole slug of a guide."

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Without the rendered texts, which no list shows."""
        return super().get_queryset(request).defer("body_html", "body_text", "search")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A draft is added on its guide's page."""
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        """A published edition is history."""
        allowed = super().has_change_permission(request, obj)
        return allowed and not (obj and obj.is_public)

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        """A published edition is kept for ever."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and bool(obj) and not obj.is_public

    @admin.display(description="preview")
    def preview(self, edition: Edition) -> str:
        """The edition as readers see or would see it."""
        return format_html('<a href="{}">See the page</a>', edition.get_absolute_url())


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
