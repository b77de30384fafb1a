"""How curators work in the admin: lists of any length, and verbs with reasons."""

import logging
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.core.paginator import Page, Paginator
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.html import format_html

from accounts.choosing import ChoosesRows, is_key
from accounts.models import User

logger = logging.getLogger(__name__)

COUNTED_EXACTLY = 10_000
MOST_CHOSEN = 100  # rows at a time: more cannot be undone, nor read before
CHANGED_MEANWHILE = (
    "What this page says has changed since you opened it, so nothing is done yet. Read "
    "above what is so now, then confirm again. What you typed is still here."
)
LOOKUPS = {"exact", "isnull", "in", "gte", "lt", "id__exact"}  # of Django's filters


class RoughPaginator(Paginator):
    """Counts a short list exactly and trusts the database's estimate for a long one.

    An exact count of a million rows takes longer than showing the page. A list that
    is filtered or searched ends after COUNTED_EXACTLY rows and one more: whoever has
    so many before them needs a narrower filter.
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

    def page(self, number: int) -> Page:
        """The rows of one page. Far down a list the keys before them are skipped, and
        not whole rows with all that is joined to them and counted for them."""
        number = self.validate_number(number)
        if number == 1:
            return super().page(number)
        first = (number - 1) * self.per_page
        keys = self.object_list.values_list("pk", flat=True)
        chosen = list(keys[first : first + self.per_page])
        return self._get_page(self.object_list.filter(pk__in=chosen), number, self)


class RowForm(forms.ModelForm):
    """The fields of one row of a list, each named for those who do not see the row."""

    def __init__(self, *args, **given) -> None:
        super().__init__(*args, **given)
        for field in self.fields.values():
            if not field.widget.is_hidden:
                name = f"{field.label or ''} of {self.instance}".strip()
                field.widget.attrs["aria-label"] = name


class CuratorAdmin(ChoosesRows, admin.ModelAdmin):
    """A list that stays quick at a million rows."""

    paginator = RoughPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER  # they count every row
    list_per_page = 50
    ordering = ["-pk"]
    linked_lookups: Sequence[str] = ()  # beside those of the list's own filters

    def action_checkbox(self, row) -> str:
        """The box that chooses a row. Django's own renders a template for each."""
        return format_html(
            '<input type="checkbox" name="{}" value="{}" class="action-select" '
            'aria-label="Choose {}">',
            ACTION_CHECKBOX_NAME,
            row.pk,
            row,
        )

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Only the lookups of the list's own filters and of links to it. Any other
        would tell letter by letter what the list does not show, such as the hash of a
        password."""
        name, _, kind = lookup.partition("__")
        filters = self.get_list_filter(request)
        ours = {getattr(each, "parameter_name", None) for each in filters}
        is_filter = name in filters and (kind or "exact") in LOOKUPS
        return is_filter or lookup in {*ours, *self.linked_lookups}

    def get_changeform_initial_data(self, request: HttpRequest) -> dict:
        """Leave out of the address what names no row."""
        given = super().get_changeform_initial_data(request)
        return {name: value for name, value in given.items() if self._fits(name, value)}

    def _fits(self, name: str, value: object) -> bool:
        fields = {f.name for f in self.model._meta.get_fields() if f.is_relation}
        keys = value if isinstance(value, list) else [value]
        return name not in fields or all(is_key(str(key)) for key in keys)

    def get_search_results(self, request: HttpRequest, queryset, search_term: str):
        """Slugs, handles and addresses are stored in small letters, and so indexed."""
        return super().get_search_results(request, queryset, search_term.lower())

    def get_changelist_form(self, request: HttpRequest, **given):
        """Fields in a list have their labels in the table's head alone."""
        return super().get_changelist_form(request, **{"form": RowForm} | given)

    def response_action(self, request: HttpRequest, queryset, *args, **given):
        """Refuse choices that name no row, and more than anybody has read."""
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if not all(map(is_key, chosen)):
            raise BadRequest("Go back and choose rows of the list.")
        if len(chosen) > MOST_CHOSEN or request.POST.get("select_across") == "1":
            words = f"Choose {MOST_CHOSEN} rows at most. Nothing was done."
            self.message_user(request, words, messages.ERROR)
            return None
        return super().response_action(request, queryset, *args, **given)


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


class VerbAdmin(RecordAdmin):
    """A list whose rows are not rewritten, but have verbs done to them."""

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        """The verbs need the right to change; no form changes a row."""
        return obj is None and admin.ModelAdmin.has_change_permission(self, request)


class ReasonForm(forms.Form):
    """Asks why. Readers see the answer."""

    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4}), help_text="Readers will see it."
    )


@dataclass(frozen=True)
class _Verb:
    """A verb of a model, with the words in which the admin offers it."""

    label: str
    does: Callable[..., None]
    form_class: type[forms.Form] | None
    explanation: str
    one_at_a_time: bool
    way_back: Callable[[list, Any], str] | None
    beforehand: Callable[[list], str] | None
    known: Callable[[Any], dict[str, Any]] | None


def verb_action(
    label: str,
    does: Callable[..., None],
    form_class: type[forms.Form] | None = ReasonForm,
    *,
    explanation: str = "",
    one_at_a_time: bool = False,
    way_back: Callable[[list, Any], str] | None = None,
    beforehand: Callable[[list], str] | None = None,
    known: Callable[[Any], dict[str, Any]] | None = None,
) -> Callable[..., HttpResponse | None]:
    """An admin action that asks for what the verb needs, then does it row by row.

    A row that cannot be changed keeps its state, and the curator reads why: of one at
    a time above what was typed. Without a form nothing is asked. way_back: the address
    that undoes it, given the rows done, as they were before, and the curator.
    beforehand: HTML that says what else it will touch, given the rows chosen. known:
    what the form shows already, given the only row. Of one at a time: where these say
    something else by the time the form is sent, the curator looks again first.
    """
    more = one_at_a_time, way_back, beforehand, known
    verb = _Verb(label, does, form_class, explanation, *more)

    @admin.action(description=label, permissions=["change"])
    def action(modeladmin, request: HttpRequest, chosen: QuerySet):
        return _ask_or_do(verb, modeladmin, request, chosen)

    action.__name__ = does.__name__
    return action


def _ask_or_do(
    verb: _Verb, modeladmin: admin.ModelAdmin, request: HttpRequest, listed: QuerySet
) -> HttpResponse | None:
    # Also what has left the list since it was shown: the verb says what became of it.
    keys = request.POST.getlist(ACTION_CHECKBOX_NAME)
    chosen = modeladmin.get_queryset(request).filter(pk__in=keys)
    chosen = chosen.order_by(*listed.query.order_by)
    if verb.one_at_a_time and chosen.count() > 1:
        words = f"{verb.label}: choose one at a time."
        modeladmin.message_user(request, words, messages.ERROR)
        return None
    is_confirmed = "confirmed" in request.POST
    form, beforehand, shown = None, "", ""
    if verb.form_class:
        known = verb.known(chosen.get()) if verb.known and chosen else None
        form = verb.form_class(request.POST if is_confirmed else None, initial=known)
        if verb.one_at_a_time:
            beforehand = _said_beforehand(verb, chosen)
            shown = sha256(f"{beforehand}{known}".encode()).hexdigest()
        if is_confirmed and request.POST.get("shown", shown) != shown:
            form.add_error(None, CHANGED_MEANWHILE)
    if form is None or (is_confirmed and form.is_valid()):
        given = form.cleaned_data if form else {}
        refused = _do(verb, modeladmin, request, chosen, given)
        if not (form and refused and verb.one_at_a_time):
            for words in refused:
                modeladmin.message_user(request, words, messages.ERROR)
            return None
        form.add_error(None, refused)
    context = modeladmin.admin_site.each_context(request) | {
        "title": verb.label,
        "explanation": verb.explanation,
        "beforehand": beforehand or _said_beforehand(verb, chosen),
        "shown": shown,
        "opts": modeladmin.model._meta,
        "chosen": chosen.all(),
        "form": form,
        "action": request.POST["action"],
    }
    return TemplateResponse(request, "admin/verb.html", context)


def _said_beforehand(verb: _Verb, chosen: QuerySet) -> str:
    return verb.beforehand(list(chosen)) if verb.beforehand else ""


def _do(
    verb: _Verb,
    modeladmin: admin.ModelAdmin,
    request: HttpRequest,
    chosen: QuerySet,
    given: dict[str, Any],
) -> list[str]:
    """What kept it from being done, in words."""
    done, refused = [], []
    for row in chosen:
        before = copy(row)
        name = str(row)  # a verb that fails may leave other words in the row
        try:
            with transaction.atomic():
                verb.does(row, by=request.user, **given)
                modeladmin.log_change(request, row, _log_line(verb.label, given))
        except (ValidationError, PermissionDenied, IntegrityError) as error:
            refused.append(f"{name}: {_why(error)}")
        else:
            done.append(before)
    if done:
        words = f"{verb.label}: {len(done)} done."
        if verb.way_back and (address := verb.way_back(done, request.user)):
            words = format_html('{} <a href="{}">Undo</a>', words, address)
        modeladmin.message_user(request, words, messages.SUCCESS)
    return refused


def _why(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, PermissionDenied):
        return "This is not yours to do."
    logger.exception("A verb of the admin broke a rule of the database.")
    return "This cannot be done as it stands. It is written down in the log."


def _log_line(label: str, given: dict[str, Any]) -> str:
    # A private note stands in the record of its own, which the log would outlive.
    # So would it a name of somebody who leaves: the record has them as a key.
    told = [value for name, value in given.items() if name != "note"]
    told = [value for value in told if value and not isinstance(value, bool | User)]
    said = [
        ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        for value in told
    ]
    return ": ".join([label, *said])
