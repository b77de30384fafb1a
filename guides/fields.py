"""Fields that store only text which can be shown in every place."""

from django.db import models

from accounts.names import is_visible
from guides.markdown import clean_line, clean_text


class LineField(models.CharField):
    """One line without letters that cannot be seen: feeds and mails break on them."""

    def to_python(self, value):
        """Clean before limits and blanks are checked."""
        value = super().to_python(value)
        return clean_line(value) if isinstance(value, str) else value

    def get_prep_value(self, value):
        """Clean on the way into the database, whoever writes."""
        return self.to_python(super().get_prep_value(value))


class ProseField(models.TextField):
    """Several lines, cleaned in the same way."""

    def to_python(self, value):
        """Clean before limits and blanks are checked."""
        value = super().to_python(value)
        return clean_text(value) if isinstance(value, str) else value

    def get_prep_value(self, value):
        """Clean on the way into the database, whoever writes."""
        return self.to_python(super().get_prep_value(value))


def readable(text: str) -> str:
    """The text cleaned and trimmed; "" when nothing in it can be seen."""
    text = clean_text(text).strip()
    return text if is_visible(text) else ""
