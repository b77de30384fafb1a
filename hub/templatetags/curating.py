"""What the admin shows above its lists, and beside every page."""

from django import template
from django.utils.safestring import SafeString

from discussions.markup import rendered
from hub.waiting import Waiting, waiting_for

register = template.Library()


@register.simple_tag
def what_waits(person) -> list[Waiting]:
    """What waits for this curator, the most harmful first."""
    return waiting_for(person)


@register.simple_tag(takes_context=True)
def lists(context) -> SafeString:
    """The lists that this curator may open. available_apps, request"""
    apps, path = context["available_apps"], context["request"].path
    return rendered("admin/lists.jinja", apps=apps, path=path)
