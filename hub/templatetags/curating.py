"""What the admin's start page shows above its lists."""

from django import template

from hub.waiting import Waiting, waiting_for

register = template.Library()


@register.simple_tag
def what_waits(person) -> list[Waiting]:
    """What waits for this curator, the most harmful first."""
    return waiting_for(person)
