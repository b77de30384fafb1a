"""How curators work in the admin: lists of any length, and verbs with reasons."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import cached_property

COUNTED_EXACTLY = 10_000


class RoughPaginator(Paginator):
    """Counts a short list exactly and trusts the database's estimate for a long one.

    An exact count of a million rows takes longer than showing the page.
    """

    @cached_property
    def count(self) -> int:
        """The number of rows, or about that many."""
        rows = self.object_list.order_by().values("pk")[: COUNTED_EXACTLY + 1]
        exact = rows.count()
        if exact <= COUNTED_EXACTLY or self.object_list.query.where:
            return exact
        with connection.cursor() as cursor:
            table = self.object_list.model._meta.db_table
            sql = "SELECT reltuples::bigint FROM pg_class WHERE oid = %s::regclass"
            cursor.execute(sql, [f'"{table}"'])
            return max(exact, cursor.fetchone()[0])


class CuratorAdmin(admin.ModelAdmin):
    """A list that stays quick at a million rows."""

    paginator = RoughPaginator
    show_full_result_count = False
    list_per_page = 50
    ordering = ["-pk"]


class RecordAdmin(CuratorAdmin):
    """A list to read: its rows are written by the site alone."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds rows by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        """Nobody changes rows by hand."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        """Nobody deletes rows by hand."""
        return False


class ReasonForm(forms.Form):
    """Asks why. Readers see the answer."""

    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4}), help_text="Readers will see it."
    )


def verb_action(
    label: str,
    verb: Callable[..., None],
    form_class: type[forms.Form] = ReasonForm,
    *,
    explanation: str,
) -> Callable[..., HttpResponse | None]:
    """An admin action that asks for what the verb needs, then does it row by row.

    A row that cannot be changed keeps its state, and the curator reads why.
    """

    @admin.action(description=label, permissions=["change"])
    def action(modeladmin, request: HttpRequest, chosen: QuerySet):
        is_confirmed = "confirmed" in request.POST
        form = form_class(request.POST if is_confirmed else None)
        if is_confirmed and form.is_valid():
            _do(modeladmin, request, chosen, verb, label, form.cleaned_data)
            return None
        context = modeladmin.admin_site.each_context(request) | {
            "title": label,
            "explanation": explanation,
            "opts": modeladmin.model._meta,
            "chosen": chosen,
            "form": form,
            "action": request.POST["action"],
        }
        return TemplateResponse(request, "admin/verb.html", context)

    action.__name__ = verb.__name__
    return action


def _do(
    modeladmin: admin.ModelAdmin,
    request: HttpRequest,
    chosen: QuerySet,
    verb: Callable[..., None],
    label: str,
    given: dict[str, Any],
) -> None:
    done = 0
    for row in chosen:
        try:
            verb(row, by=request.user, **given)
        except ValidationError as error:
            modeladmin.message_user(
                request, f"{row}: {' '.join(error.messages)}", messages.ERROR
            )
        else:
            done += 1
            modeladmin.log_change(request, row, _log_line(label, given))
    if done:
        modeladmin.message_user(request, f"{label}: {done} done.", messages.SUCCESS)


def _log_line(label: str, given: dict[str, Any]) -> str:
    said = [str(value) for value in given.values() if value and value is not True]
    return ": ".join([label, *said])
