"""The home page: what it shows, and in which order."""

from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join

from accounts.curating import ChoosesRows, CuratorAdmin
from guides.models import AskedSearch, Guide
from hub.home import CHOSEN, SEARCHES, home_page
from hub.models import HomeGuide, HomeSearch, HomeSection
from hub.search import Search

MOST_ASKED = 30


class HomeGuideForm(forms.ModelForm):
    """Asks for a guide that readers can see."""

    def clean_guide(self) -> Guide:
        """Refuse a new guide that would not show; one that was withdrawn may stay."""
        guide = self.cleaned_data["guide"]
        if "guide" in self.changed_data and guide.visibility != "live":
            state = guide.get_visibility_display().lower()
            raise forms.ValidationError(f"Choose a live guide: this one is {state}.")
        return guide


class HomeGuideInline(ChoosesRows, admin.StackedInline):
    """The guides of a section that curators choose."""

    model = HomeGuide
    form = HomeGuideForm
    fields = ["guide", "order", "standing"]
    readonly_fields = ["standing"]
    autocomplete_fields = ["guide"]
    max_num = CHOSEN
    extra = 1

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With what says whether readers see the guide."""
        return super().get_queryset(request).select_related("guide__live_edition")

    def get_formset(self, request: HttpRequest, obj=None, **given):
        """A guide is chosen here; it is written elsewhere."""
        formset = super().get_formset(request, obj, **given)
        widget = formset.form.base_fields["guide"].widget
        widget.can_add_related = widget.can_change_related = False
        return formset

    @admin.display(description="what readers see")
    def standing(self, place: HomeGuide) -> str:
        """Its title, or why it does not show."""
        if not place.pk:
            return ""
        if place.guide.visibility == Guide.Visibility.LIVE:
            return place.guide.live_edition.title
        return f"Nothing: it is {place.guide.get_visibility_display().lower()}."


class HomeSearchForm(forms.ModelForm):
    """Asks for words that lead somewhere."""

    def clean_words(self) -> str:
        """Refuse words that find nothing: whoever follows them would stand there."""
        words = self.cleaned_data["words"]
        typed = QueryDict(urlencode({"q": words}))
        search = Search(typed, is_recorded=False)
        if "words" in self.changed_data and not search.is_found_as_typed:
            raise forms.ValidationError("Nothing is found under these words.")
        return words


class HomeSearchInline(admin.TabularInline):
    """The words under the search box."""

    model = HomeSearch
    form = HomeSearchForm
    fields = ["words", "order"]
    max_num = SEARCHES
    extra = 1


INLINES = {
    HomeSection.Kind.CHOSEN: HomeGuideInline,
    HomeSection.Kind.SEARCHES: HomeSearchInline,
}


@admin.register(HomeSection)
class HomeSectionAdmin(CuratorAdmin):
    """The parts of the home page. The search and the welcome words always stay."""

    inlines = [HomeGuideInline, HomeSearchInline]
    fields = ["kind", "heading", "kicker", "order", "is_shown", "preview"]
    readonly_fields = ["kind", "preview", "asked"]
    list_display = ["heading", "kind", "order", "is_shown", "preview"]
    list_editable = ["order", "is_shown"]
    ordering = ["order", "pk"]
    actions = None

    def get_urls(self) -> list:
        """The preview is an address of the admin, which readers cannot open."""
        view = self.admin_site.admin_view(self.preview_view)
        place = path("<int:pk>/preview/", view, name="hub_homesection_preview")
        return [place, *super().get_urls()]

    def get_inlines(self, request: HttpRequest, obj=None) -> list:
        """Only where curators choose are there guides to choose, or words."""
        kind = obj.kind if obj else HomeSection.Kind.CHOSEN
        return [INLINES[kind]] if kind in INLINES else []

    def get_fields(self, request: HttpRequest, obj=None) -> list[str]:
        """What people ask stands beside the words to choose."""
        is_searches = obj and obj.kind == HomeSection.Kind.SEARCHES
        return [*self.fields, "asked"] if is_searches else self.fields

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        """The usual sections are hidden, never deleted."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and bool(obj) and obj.kind == HomeSection.Kind.CHOSEN

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The home page as readers would see it with this section."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        section = get_object_or_404(HomeSection, pk=pk)
        return render(request, "hub/home.html", home_page(also=section.pk))

    @admin.display(description="what readers look up")
    def asked(self, section: HomeSection) -> str:
        """What was looked up and found on most of the last ninety days."""
        rows = AskedSearch.objects.often()[:MOST_ASKED]
        found = format_html_join(
            "", "<li>{}: on {} days</li>", ((row["query"], row["days"]) for row in rows)
        )
        nothing = "Nothing has been looked up on three days or more yet."
        return format_html("<ul>{}</ul>", found) if found else nothing

    @admin.display(description="preview")
    def preview(self, section: HomeSection) -> str:
        """The way to the page as it would be."""
        if not section.pk:
            return "Save it first, not shown to readers yet: then there is a preview."
        place = reverse("admin:hub_homesection_preview", args=[section.pk])
        words = '<a href="{}">See the page<span class="visually-hidden"> with {}</span>'
        return format_html(words + "</a>", place, section.heading)
