"""The glossary, and the acronyms that it lacks.

Terms belong to the landscape, but what changes in them is told to guides, which only
this app may know.
"""

from contextlib import suppress
from urllib.parse import urlencode

from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from procrastinate.exceptions import AlreadyEnqueued

from accounts.curating import CuratorAdmin, RecordAdmin
from guides.explaining import explain_again
from guides.models import UnknownAcronym
from landscape.models import Term


@admin.register(Term)
class TermAdmin(CuratorAdmin):
    """What the words of the trade mean, and where."""

    fields = [
        *("short", "long", "slug", "kind", "meaning", "aliases", "jurisdictions"),
        *("is_explained", "since", "until", "replaced_by", "policy", "organisation"),
        *("sources", "checked_on", "needs_check", "check_note"),
    ]
    list_display = ["short", "long", "kind", "is_explained", "until", "checked_on"]
    list_filter = ["kind", "is_explained", "needs_check"]
    ordering = ["short", "slug"]
    search_fields = ["short", "long"]
    search_help_text = "Part of the short or the long form, three letters or more."
    autocomplete_fields = ["jurisdictions", "replaced_by", "policy", "organisation"]

    def get_readonly_fields(self, request: HttpRequest, obj=None) -> list[str]:
        """Guides link to a term, so its address lasts."""
        return ["slug"] if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj=None) -> dict:
        """Only a new term still needs an address."""
        return {} if obj else {"slug": ["short", "long"]}

    def save_related(self, request: HttpRequest, form, formsets, change) -> None:
        """Have the guides say it too, as soon as it is kept."""
        super().save_related(request, form, formsets, change)
        with suppress(AlreadyEnqueued), transaction.atomic():
            explain_again.defer()


@admin.register(UnknownAcronym)
class UnknownAcronymAdmin(RecordAdmin):
    """Acronyms that several guides use and nobody has explained."""

    list_display = ["short", "guides", "explain"]
    list_display_links = None
    ordering = ["-guides", "short"]
    search_fields = ["short__startswith"]
    search_help_text = "How it begins."

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, words: str):
        """Acronyms are looked for as they are typed."""
        return super(CuratorAdmin, self).get_search_results(request, queryset, words)

    @admin.display(description="explain it")
    def explain(self, acronym: UnknownAcronym) -> str:
        """The way to a new term of this short form."""
        given = urlencode({"short": acronym.short, "kind": Term.Kind.ACRONYM})
        address = f"{reverse('admin:landscape_term_add')}?{given}"
        return format_html('<a href="{}">Explain {}</a>', address, acronym.short)
