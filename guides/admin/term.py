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
from guides.admin.where_cited import WhereCited
from guides.explaining import explain_again
from guides.models import UnknownAcronym
from landscape.admin import TermAdmin
from landscape.models import Term

admin.site.unregister(Term)


@admin.register(Term)
class ExplainedTermAdmin(WhereCited, TermAdmin):
    """The glossary, which guides explain in their texts."""

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
