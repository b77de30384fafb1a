"""How curators say which row of a register they mean, with or without script."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.html import format_html

from accounts.choosing import OneRow, SomeRows, is_key

NEAREST = 6  # rows that may be meant


def row_called(rows: QuerySet, words: str):
    """The row with this name or slug. Raises ValidationError, with the names of those
    that may be meant, when there is none or there are several."""
    words = " ".join(words.split())
    name = rows.model._meta.ordering[0]
    near = list(rows.named(words).nearest_first(words, name)[:NEAREST])
    called = [row for row in near if f"|{words}|".casefold() in row.names.casefold()]
    called = called or list(rows.filter(slug=words.lower()))
    if len(called) == 1:
        return called[0]
    meant = " or ".join(f"“{row}”" for row in called or near)
    problem = "Several are" if called else "Nothing is"
    ask = f" Do you mean {meant}?" if meant else ""
    raise ValidationError(f"{problem} called “{words}”.{ask}")


class _OrTyped:
    """Without script nothing can be searched for, so names are typed."""

    def value_from_datadict(self, data, files, name: str) -> list[str]:
        """The keys of what was chosen, then the names that were typed."""
        typed = data.get(f"{name}_typed", "").splitlines()
        return [v for v in [*data.getlist(name), *typed] if v.strip()]

    def render(self, name: str, value, attrs=None, renderer=None) -> str:
        """The search, and a field to type in for whoever has none."""
        given = value if isinstance(value, list) else [value]
        typed = "\n".join(str(v) for v in given if v and not is_key(str(v)))
        return format_html(
            '{}<noscript><label for="{}">{}</label>'
            '<textarea name="{}" id="{}" rows="{}">{}</textarea></noscript>',
            super().render(name, value, attrs, renderer),
            *(f"id_{name}_typed", self.ask, f"{name}_typed", f"id_{name}_typed"),
            *(self.lines, typed),
        )


class _OneOrTyped(_OrTyped, OneRow):
    ask, lines = "Its name", 1


class _SomeOrTyped(_OrTyped, SomeRows):
    ask, lines = "Their names, each on a line", 3


class RowsField(forms.ModelMultipleChoiceField):
    """Rows of a register, in the order in which they were named. like: a field that
    leads to them."""

    widget_class = _SomeOrTyped

    def __init__(self, like, **given) -> None:
        rows = like.field.related_model.objects.all()
        widget = self.widget_class(like.field, admin.site)
        super().__init__(rows, required=False, widget=widget, **given)

    def clean(self, value: list[str]) -> list:
        """The rows."""
        keys = [self._key_of(words) for words in value or ()]
        found = {row.pk: row for row in super().clean(keys)}
        return [found[key] for key in dict.fromkeys(keys)]

    def _key_of(self, words: str) -> int:
        return int(words) if is_key(words) else row_called(self.queryset, words).pk


class RowField(RowsField):
    """One row of a register, or none."""

    widget_class = _OneOrTyped

    def clean(self, value: list[str]):
        """The row."""
        rows = super().clean(value)
        if len(rows) > 1:
            raise ValidationError("Name one.")
        return rows[0] if rows else None
