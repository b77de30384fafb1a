"""The site's own pages, with every version that was ever saved."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html

from accounts.curating import CuratorAdmin
from guides.diff import compare, fold
from hub.models import Page, PageVersion
from hub.models.page import WORDS, whole_text

MOST_VERSIONS = 200  # shown in the history of one page, the newest first


class PageForm(forms.ModelForm):
    """The words of a page, and what was changed in them."""

    note = forms.CharField(
        label="What you changed, and why",
        max_length=300,
        widget=forms.TextInput(attrs={"size": 80}),
        help_text="Kept in the history of the page. Curators see it.",
    )
    # The version that these words started from.
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    saved_meanwhile: PageVersion | None = None

    class Meta:
        model = Page
        fields = ["title", "slug", "summary", "body"]
        widgets = {
            "title": forms.TextInput(attrs={"size": 80}),
            "summary": forms.TextInput(attrs={"size": 80}),
            "body": forms.Textarea(attrs={"rows": 30, "cols": 90}),
        }

    def __init__(self, *args, **given) -> None:
        super().__init__(*args, **given)
        self.newest = self.instance.pk and self.instance.versions.first()
        self.initial["version"] = self.newest.number if self.newest else 0
        self.fields["note"].required = bool(self.instance.pk)

    def clean(self) -> None:
        """Refuse words that would overwrite somebody's; both stay in view.

        Whoever has seen both may save: then the words start from the newest version.
        """
        super().clean()
        number = self.initial["version"]
        if self.instance.pk and self.cleaned_data.get("version") != number:
            self.saved_meanwhile = self.newest
            self.data = self.data.copy()
            self.data[self.add_prefix("version")] = number
            raise ValidationError(
                "Somebody has saved this page since you opened it, so your words are "
                "not saved yet. Both texts are below: put theirs into yours, then save."
            )

    @property
    def changes(self) -> list:
        """What this form would change in the words that somebody saved meanwhile."""
        typed = whole_text(
            *(self.data.get(self.add_prefix(name), "") for name in WORDS)
        )
        return fold(compare(self.saved_meanwhile.text, typed.replace("\r\n", "\n")))


@admin.register(Page)
class PageAdmin(CuratorAdmin):
    """House rules, privacy and the like."""

    form = PageForm
    fields = ["title", "slug", "summary", "body", "note", "version"]
    list_display = ["title", "address", "updated_at", "history"]
    list_filter = ["updated_at"]
    search_fields = ["title", "slug"]
    ordering = ["title"]

    def get_urls(self) -> list:
        """Each version has a page of its own."""
        view = self.admin_site.admin_view(self.version_view)
        place = "<int:pk>/versions/<int:number>/"
        return [path(place, view, name="hub_page_version"), *super().get_urls()]

    def get_object(self, request: HttpRequest, object_id: str, from_field=None):
        """The page; what is about to change it waits for others who do."""
        page = super().get_object(request, object_id, from_field)
        if page and request.method == "POST":
            return Page.objects.select_for_update().get(pk=page.pk)
        return page

    def get_readonly_fields(self, request: HttpRequest, obj=None) -> list[str]:
        """The site itself links to its pages, so an address lasts."""
        return ["slug"] if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj=None) -> dict:
        """Only a new page still needs an address."""
        return {} if obj else {"slug": ["title"]}

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        """The site itself links to its pages, so they stay."""
        return False

    def save_model(self, request: HttpRequest, obj: Page, form, change: bool) -> None:
        """Keep what was saved as a version."""
        note, words = form.cleaned_data["note"], {n: getattr(obj, n) for n in WORDS}
        if change:
            version = form.cleaned_data["version"]
            obj.revise(by=request.user, version=version, note=note, **words)
        else:
            obj.save()
            obj.keep(by=request.user, note=note or "First published.")

    def history_view(self, request: HttpRequest, object_id: str, extra_context=None):
        """Every version, with who saved it when and why."""
        page = self.get_object(request, object_id)
        if page is None or not self.has_view_permission(request, page):
            raise PermissionDenied
        versions = page.versions.select_related("by").defer("body")[:MOST_VERSIONS]
        context = self._context(request, page, f"Versions of “{page}”")
        context["versions"] = versions
        return TemplateResponse(request, "admin/hub/page/history.html", context)

    def version_view(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """One version: what it changed, and what restoring it would change."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        page = get_object_or_404(Page, pk=pk)
        version = get_object_or_404(page.versions.select_related("by"), number=number)
        if request.method == "POST":
            return self._restore(request, page, number)
        before = page.versions.filter(number=number - 1).first()
        newest = page.versions.first()
        context = self._context(request, page, str(version)) | {
            "version": version,
            "newest": newest,
            "changed": fold(compare(before.text if before else "", version.text)),
            "restoring": fold(compare(newest.text, version.text)),
            "may_restore": self.has_change_permission(request, page),
        }
        return TemplateResponse(request, "admin/hub/page/version.html", context)

    def _restore(self, request: HttpRequest, page: Page, number: int) -> HttpResponse:
        if not self.has_change_permission(request, page):
            raise PermissionDenied
        seen = request.POST.get("version", "")
        try:
            with transaction.atomic():
                version = int(seen) if seen.isdecimal() and len(seen) < 10 else -1
                page.restore(number, by=request.user, version=version)
                self.log_change(request, page, f"Version {number} restored.")
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("admin:hub_page_version", page.pk, number)
        words = f"Readers see the words of version {number} again."
        messages.success(request, words)
        return redirect("admin:hub_page_history", page.pk)

    def _context(self, request: HttpRequest, page: Page, title: str) -> dict:
        context = self.admin_site.each_context(request)
        return context | {"title": title, "page": page, "opts": self.opts}

    @admin.display(description="address")
    def address(self, page: Page) -> str:
        """Where readers find it."""
        place = page.get_absolute_url()
        return format_html('<a href="{}">{}</a>', place, place)

    @admin.display(description="versions")
    def history(self, page: Page) -> str:
        """The way to all that was saved."""
        place = reverse("admin:hub_page_history", args=[page.pk])
        words = '<a href="{}">Versions<span class="visually-hidden"> of {}</span></a>'
        return format_html(words, place, page.title)
