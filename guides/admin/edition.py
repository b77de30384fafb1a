"""Editions: drafts on the page of their guide, and every one in a list to read."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.html import format_html

from accounts.curating import CuratorAdmin
from guides.markdown import clean_text
from guides.models import Edition, Guide

CARRIED_OVER = ["title", "summary", "body", "byline", "sources_read_on"]


class ProseInput(forms.CharField):
    """Text of several lines, whose line ends a browser may spell in its own way."""

    def has_changed(self, initial: str | None, data: str | None) -> bool:
        """Whether somebody typed anything else than there was."""
        return clean_text(initial or "").strip() != clean_text(data or "").strip()


class DraftForm(forms.ModelForm):
    """The text of an edition, in fields as wide as the words they take."""

    # Which edition the words were carried over from, so that a form which nobody
    # touched stays untouched, whatever was published since it was opened.
    based_on = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Edition
        fields = [*CARRIED_OVER, "is_minor", "change_note"]
        field_classes = {"body": ProseInput}
        widgets = {
            "title": forms.TextInput(attrs={"size": 80}),
            "summary": forms.TextInput(attrs={"size": 80}),
            "body": forms.Textarea(attrs={"rows": 30, "cols": 90}),
            "change_note": forms.Textarea(attrs={"rows": 3, "cols": 90}),
        }


class DraftFormSet(BaseInlineFormSet):
    """The drafts of a guide; one that was published meanwhile stays as it was read."""

    def get_queryset(self) -> QuerySet:
        """The drafts to show or, once they come back, the same editions again."""
        if not hasattr(self, "_queryset"):
            rows = self.queryset
            here = (
                rows.filter(pk__in=self._posted()) if self.is_bound else rows.drafts()
            )
            self.queryset = here
        return super().get_queryset()

    def clean(self) -> None:
        """Refuse words for an edition that is no longer a draft; they stay in view."""
        super().clean()
        for form in self.initial_forms:
            # A publication writes a change note of its own where there was none.
            empty_note = not form.cleaned_data.get("change_note")
            written_by_it = {"change_note"} if empty_note else set()
            if form.instance.is_public and set(form.changed_data) - written_by_it:
                raise ValidationError(
                    "Somebody has published this draft since you opened it, so your "
                    "changes are not saved. Copy your words, open the guide again "
                    "and put them into a new draft."
                )

    def _posted(self) -> list[str]:
        places = range(self.total_form_count())
        ids = [self.data.get(f"{self.add_prefix(n)}-id", "") for n in places]
        return [pk for pk in ids if pk.isdecimal() and len(pk) < 19]


class DraftInline(admin.StackedInline):
    """The draft that the next publication makes live."""

    model = Edition
    verbose_name = "draft"
    verbose_name_plural = "draft"
    form = DraftForm
    formset = DraftFormSet
    max_num = 1
    can_delete = False
    show_change_link = True


def words_to_start_from(guide: Guide, request: HttpRequest, prefix: str) -> list[dict]:
    """What a new draft begins with: the words that readers see now."""
    if request.method == "POST":
        number = request.POST.get(f"{prefix}-0-based_on", "")
        known = guide.pk and number.isdecimal()
        edition = guide.editions.filter(number=number).first() if known else None
    else:
        edition = None if guide.pk and guide.draft else guide.live_edition
    if not edition:
        return []
    words = {name: getattr(edition, name) for name in CARRIED_OVER}
    return [words | {"based_on": edition.number}]


@admin.register(Edition)
class EditionAdmin(CuratorAdmin):
    """Every edition, to read. Drafts are written on their guide's page."""

    fields = ["guide", *DraftForm.Meta.fields, "preview"]
    readonly_fields = ["guide", "preview"]
    list_display = ["title", "number", "state", "created_by", "published_at"]
    list_filter = ["state"]
    list_select_related = ["created_by", "guide"]
    search_fields = ["guide__slug__exact"]
    search_help_text = "The whole slug of a guide."

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Without the rendered texts, which no list shows."""
        return super().get_queryset(request).defer("body_html", "body_text", "search")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A draft is added on its guide's page."""
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        """A draft is changed on its guide's page; a published one never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        """A published edition is kept for ever."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and bool(obj) and not obj.is_public

    @admin.display(description="preview")
    def preview(self, edition: Edition) -> str:
        """The edition as readers see or would see it."""
        return format_html('<a href="{}">See the page</a>', edition.get_absolute_url())
