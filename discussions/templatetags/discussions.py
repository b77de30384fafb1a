"""Shows a guide's discussion in the guide's own page."""

from django import template

from discussions.composer import Place, composer_of
from discussions.threads import discussion_of

register = template.Library()


@register.inclusion_tag("discussions/_discussion.html", takes_context=True)
def discussion(context, guide):
    """The first threads of the guide, as this reader may see them."""
    request = context["request"]
    page = discussion_of(guide, request.user)
    shown = {"discussion": page, "guide": guide, "request": request}
    shown |= {
        "is_inline": True,
        "user": request.user,
        "csrf_token": context.get("csrf_token"),
    }
    return shown | composer_of(request, Place(guide))
