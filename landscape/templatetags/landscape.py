"""How pages show what the registers hold."""

from datetime import date, datetime
from functools import lru_cache

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from landscape.models import Organisation
from landscape.models.dates import in_words

register = template.Library()


@register.filter
def day(when: str | date | None) -> SafeString | str:
    """A date as far as it is known, or the day of a moment as it is here, for people
    and machines; None and "" stay empty."""
    if not when:
        return ""
    return _time(str(timezone.localdate(when) if isinstance(when, datetime) else when))


@lru_cache(1000)
def _time(text: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', text, in_words(text))


@register.simple_tag
def body(organisation: Organisation, here: Organisation) -> SafeString | str:
    """The name of a body, with a link unless the page is its own."""
    if organisation.pk == here.pk:
        return organisation.name
    link = '<a href="{}">{}</a>'
    return format_html(link, organisation.get_absolute_url(), organisation.name)
