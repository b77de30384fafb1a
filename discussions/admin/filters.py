"""What a curator's lists show first: what waits."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from discussions.models import Comment, Report


class Waiting(admin.SimpleListFilter):
    """Shows what waits, until something else is chosen or searched for."""

    title = "what is shown"
    parameter_name = "show"

    def value(self) -> str:
        """What is shown: a search looks everywhere."""
        return super().value() or ("all" if self.is_search else "waiting")

    def __init__(self, request: HttpRequest, params, model, model_admin) -> None:
        self.is_search = bool({"q", "id", "author"} & set(request.GET))
        super().__init__(request, params, model, model_admin)

    def choices(self, changelist):
        """Leave Django's own "All" out: one of ours stands for it."""
        for value, title in self.lookup_choices:
            yield {
                "selected": self.value() == value,
                "query_string": changelist.get_query_string(
                    {self.parameter_name: value}
                ),
                "display": title,
            }


class CommentsWaiting(Waiting):
    """Held or reported comments, or those taken away."""

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str]]:
        """What can be shown."""
        return [
            ("waiting", "Waiting"),
            ("held", "Held"),
            ("spam", "Spam"),
            ("hidden", "Hidden"),
            ("all", "All"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """The comments to show."""
        if self.value() == "waiting":
            return queryset.filter(pk__in=waiting_comments())
        if self.value() in {"held", "spam", "hidden"}:
            return queryset.filter(state=self.value())
        return queryset


class ReportsWaiting(Waiting):
    """Reports that nobody has looked at, or all."""

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str]]:
        """What can be shown."""
        return [("waiting", "Waiting"), ("guides", "About guides"), ("all", "All")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """The reports to show."""
        if self.value() == "waiting":
            return queryset.open()
        if self.value() == "guides":
            return queryset.open().filter(guide__isnull=False)
        return queryset


def waiting_comments() -> QuerySet:
    """The keys of comments that are held, or shown and reported.

    A union, as each half has a small index of its own.
    """
    held = Comment.objects.filter(state="held").order_by().values("pk")
    about_comments = Report.objects.open().filter(comment__state="published")
    return held.union(about_comments.order_by().values("comment"))
