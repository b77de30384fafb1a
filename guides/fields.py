"""Fields that store only text which can be shown in every place."""

from django.db import models

from guides.markdown import clean_line, clean_text


class LineField(models.CharField):
    """One line without letters that cannot be seen: feeds and mails break on them."""

    def get_prep_value(self, value):
        """Clean on the way into the database, whoever writes."""
        value = super().get_prep_value(value)
        return clean_line(value) if isinstance(value, str) else value


class ProseField(models.TextField):
    """Several lines, cleaned in the same way."""

    def get_prep_value(self, value):
        """Clean on the way into the database, whoever writes."""
        value = super().get_prep_value(value)
        return clean_text(value) if isinstance(value, str) else value
