"""How curators narrow the list of guides down."""

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from guides.models import Edition, Freshness
from guides.models.verification import DUE_SOON

IN_WORK = [state for state in Edition.State if state not in ("published", "superseded")]


class InWork(admin.SimpleListFilter):
    """Guides by where their next edition stands."""

    title = "next edition"
    parameter_name = "next"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str]]:
        """The states in the order an edition goes through them."""
        return [(state.value, state.label) for state in IN_WORK] + [("none", "None")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """The guides in the chosen state."""
        drafts = Edition.objects.drafts().filter(guide=OuterRef("pk")).order_by()
        if self.value() == "none":
            return queryset.filter(~Exists(drafts))
        if self.value() in IN_WORK:
            return queryset.filter(Exists(drafts.filter(state=self.value())))
        return queryset


class GivenTo(admin.SimpleListFilter):
    """Guides whose next edition a curator looks at."""

    title = "looked at by"
    parameter_name = "for"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str]]:
        """The choices beside the list."""
        return [("me", "Me"), ("nobody", "Nobody yet")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """The guides of the chosen kind."""
        chosen = {
            "me": {"reviewer": request.user},
            "nobody": {"reviewer__isnull": True, "state": Edition.State.SUBMITTED},
        }
        if self.value() not in chosen:
            return queryset
        drafts = Edition.objects.drafts().filter(**chosen[self.value()])
        return queryset.filter(Exists(drafts.filter(guide=OuterRef("pk")).order_by()))


class HowFresh(admin.SimpleListFilter):
    """Live guides by when somebody should look at them again."""

    title = "still correct?"
    parameter_name = "fresh"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str]]:
        """Each state of freshness."""
        return Freshness.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """The live guides in the chosen state."""
        if self.value() == Freshness.AFFECTED:
            return queryset.affected()
        today = timezone.localdate()
        soon = today + DUE_SOON
        ranges = {
            Freshness.OVERDUE: {"due_on__lt": today},
            Freshness.DUE_SOON: {"due_on__gte": today, "due_on__lt": soon},
            Freshness.CURRENT: {"due_on__gte": soon},
        }
        chosen = ranges.get(self.value())
        return queryset.filter(visibility="live", **chosen) if chosen else queryset


class HasAnOwner(admin.SimpleListFilter):
    """Guides that nobody looks after, and the others."""

    title = "owner"
    parameter_name = "owned"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str]]:
        """The choices beside the list."""
        return [("no", "Nobody looks after it"), ("yes", "Somebody does")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """The guides of the chosen kind."""
        if self.value() not in {"yes", "no"}:
            return queryset
        return queryset.filter(owner__isnull=self.value() == "no")
