"""How pages show what the registers hold."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from landscape.models import Organisation
from landscape.models.dates import in_words

register = template.Library()


@register.filter
def day(text: str) -> SafeString | str:
    """A date as far as it is known, for people and machines; "" stays empty."""
    if not text:
        return ""
    return format_html('<time datetime="{}">{}</time>', text, in_words(text))


@register.simple_tag
def body(organisation: Organisation, here: Organisation) -> SafeString | str:
    """The name of a body, with a link unless the page is its own."""
    if organisation.pk == here.pk:
        return organisation.name
    link = '<a href="{}">{}</a>'
    return format_html(link, organisation.get_absolute_url(), organisation.name)
