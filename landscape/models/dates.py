"""Dates of which only the year, or only the month, is known."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Least, Left, Length
from django.db.models.lookups import LessThanOrEqual
from django.utils import dateformat

# Level 0 of EDTF, ISO 8601-2: 2024, 2024-06 or 2024-06-01.
PARTIAL_DATE = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
SHOWN = {4: "Y", 7: "F Y", 10: "j F Y"}


def earliest(text: str) -> date:
    """The first day that a partial date may mean.

    Raises ValueError when it is not one: "2024-13", "2024-02-30".
    """
    if not re.match(PARTIAL_DATE, text):
        raise ValueError(text)
    return date.fromisoformat(f"{text}-01-01"[:10])


def in_words(text: str) -> str:
    """As readers see it: 2024, June 2024 or 1 June 2024; "" stays empty."""
    return dateformat.format(earliest(text), SHOWN[len(text)]) if text else ""


def is_before(one: str, other: str) -> bool:
    """Whether one partial date surely lies before another: 2024 and 2024-06 may be
    the same day, so neither does."""
    known = min(len(one), len(other))
    return one[:known] < other[:known]


def in_order(first: str, last: str, name: str, message: str) -> models.CheckConstraint:
    """Of two partial dates, the one surely not before the other; "" is unknown."""
    known = Least(Length(first), Length(last))
    return models.CheckConstraint(
        condition=Q(**{first: ""})
        | Q(**{last: ""})
        | Q(LessThanOrEqual(Left(first, known), Left(last, known))),
        name=name,
        violation_error_message=message,
    )


class PartialDateField(models.CharField):
    """Text such as 2024, 2024-06 or 2024-06-01, "" when nothing is known."""

    def __init__(self, *args, **kwargs) -> None:
        kwargs = {"max_length": 10, "blank": True, "default": ""} | kwargs
        kwargs.setdefault("help_text", "As far as known: 2024, 2024-06 or 2024-06-01.")
        super().__init__(*args, **kwargs)

    def db_check(self, connection) -> str:
        """The column takes nothing else."""
        column = connection.ops.quote_name(self.column)
        return f"{column} = '' OR {column} ~ '{PARTIAL_DATE}'"

    def to_python(self, value):
        """A date from YAML is as good as its text."""
        return super().to_python(str(value) if isinstance(value, date | int) else value)

    def validate(self, value, model_instance) -> None:
        """Refuse what is no date."""
        super().validate(value, model_instance)
        try:
            if value:
                earliest(value)
        except ValueError:
            raise ValidationError(
                "Write a date as far as it is known: 2024, 2024-06 or 2024-06-01."
            ) from None

    def get_prep_value(self, value):
        """Whatever a partial date was given as, text is stored."""
        return super().get_prep_value(self.to_python(value))
