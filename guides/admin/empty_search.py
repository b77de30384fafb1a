"""The searches that found nothing, with those asked most on top."""

from datetime import timedelta

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from accounts.curating import RecordAdmin
from guides.models import EmptySearch

# Days, and how the list calls them. Older searches are forgotten.
PERIODS = {"30": "30 days", "90": "90 days", "365": "A year"}
USUAL = "30"


class Period(admin.SimpleListFilter):
    """How far back to look: a month, until something else is chosen."""

    title = "how far back"
    parameter_name = "days"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str]]:
        """The choices beside the list."""
        return list(PERIODS.items())

    def value(self) -> str:
        """The chosen number of days."""
        chosen = super().value()
        return chosen if chosen in PERIODS else USUAL

    def choices(self, changelist):
        """Without Django's own "All": one of ours is always chosen."""
        yield from list(super().choices(changelist))[1:]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """The list begins with the rows of this period."""
        return queryset


@admin.register(EmptySearch)
class EmptySearchAdmin(RecordAdmin):
    """Words that found nothing: perhaps the next guide."""

    list_display = ["query", "asked_on", "last_asked"]
    list_display_links = None
    list_filter = [Period]
    search_fields = ["query"]
    search_help_text = "Part of the words."

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Each search once, with the number of days on which it was asked."""
        if not _is_list(request):
            return super().get_queryset(request)
        chosen = request.GET.get(Period.parameter_name)
        days = int(chosen if chosen in PERIODS else USUAL)
        since = timezone.localdate() - timedelta(days=days)
        return EmptySearch.objects.most_asked(since)

    def get_ordering(self, request: HttpRequest) -> list[str]:
        """What was asked on most days comes first; one search alone has no place."""
        return ["-days", "-day"] if _is_list(request) else ["-day"]

    @admin.display(description="asked on", ordering="days")
    def asked_on(self, search: EmptySearch) -> str:
        """On how many days; nothing is kept about who asked, or how often a day."""
        return "1 day" if search.days == 1 else f"{search.days} days"

    @admin.display(description="last asked", ordering="day")
    def last_asked(self, search: EmptySearch):
        """The newest of these days."""
        return search.day


def _is_list(request: HttpRequest) -> bool:
    return request.resolver_match.url_name == "guides_emptysearch_changelist"
