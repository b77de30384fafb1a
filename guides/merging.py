"""Two people's words for one draft, field by field."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.forms import BoundField

from guides.models import Edition
from guides.writing_forms import WritingForm


@dataclass(frozen=True)
class Difference:
    """A field as somebody filled it in, to be changed, and what was saved meanwhile."""

    field: BoundField
    saved: list[str]


@dataclass(frozen=True)
class Merge:
    """A form with somebody's words, and how they differ from those that were saved."""

    form: WritingForm
    differences: list[Difference]
    same: list[BoundField]


def merge(form: WritingForm, theirs: Edition) -> Merge:
    """What a valid form and a draft that was saved meanwhile have to be put together.

    The form that comes back is sent for the draft as it is now.
    """
    typed = form.data.copy()
    typed["edition"], typed["version"] = theirs.pk, theirs.version
    mine = WritingForm(typed, guide=theirs.guide)
    words = WritingForm.words_of(theirs.guide, theirs, theirs.version)
    saved = WritingForm(initial=words, guide=theirs.guide)
    differences, same = [], []
    for field in mine.visible_fields():
        if _plain(form.cleaned_data[field.name]) == _plain(words[field.name]):
            same.append(field)
        else:
            differences.append(Difference(field, _in_words(saved[field.name])))
    return Merge(mine, differences, same)


def _plain(value: object) -> object:
    is_many = isinstance(value, Iterable) and not isinstance(value, str)
    return set(value) if is_many else value


def _in_words(field: BoundField) -> list[str]:
    """What a field holds, as people read it: a line for each box that is ticked."""
    if field.use_fieldset:
        return [box.choice_label for box in field if box.data["selected"]]
    if field.widget_type == "checkbox":
        return ["Ticked" if field.initial else "Not ticked"]
    return [field.value()] if field.initial else []
