"""How curators choose rows of lists that are too long to be shown."""

from django.contrib.admin.widgets import (
    AutocompleteSelect,
    AutocompleteSelectMultiple,
)
from django.http import HttpRequest

LONGEST_KEY = 19  # digits; the database takes no longer number


def is_key(text: str) -> bool:
    """Whether a text could be the key of a row."""
    return text.isascii() and text.isdecimal() and len(text) < LONGEST_KEY


class _PlainKeys:
    """Shows a form again whatever was sent for a key; Django's own raises on words."""

    def optgroups(self, name: str, value: list, attr=None):
        return super().optgroups(name, [key for key in value if is_key(str(key))], attr)


class OneRow(_PlainKeys, AutocompleteSelect):
    """A row, found by typing."""


class SomeRows(_PlainKeys, AutocompleteSelectMultiple):
    """Several rows, found by typing."""


class ChoosesRows:
    """Searches for rows of another list instead of showing them all."""

    def formfield_for_foreignkey(self, db_field, request: HttpRequest, **given):
        """One row, found by typing."""
        if db_field.name in self.get_autocomplete_fields(request):
            given.setdefault("widget", OneRow(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **given)

    def formfield_for_manytomany(self, db_field, request: HttpRequest, **given):
        """Several rows, found by typing."""
        if db_field.name in self.get_autocomplete_fields(request):
            given.setdefault("widget", SomeRows(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **given)
