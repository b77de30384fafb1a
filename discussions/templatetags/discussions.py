"""Shows a guide's discussion in the guide's own page."""

import re
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from discussions import markup
from discussions.composer import Place, composer_of
from discussions.threads import ThreadFacts, discussion_of
from guides.models import Guide

register = template.Library()

# As the sanitiser writes them; a text has no other.
WHY = re.compile(r'<aside data-block="([0-9a-f-]+)"[^>]*>.*?(?=</aside>)', re.DOTALL)
DOUBT = (
    '<p class="why__doubt"><a href="{}?about={}" aria-describedby="why-{}">'
    "Tell us if this reason no longer holds</a></p>\n"
)


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


@register.filter
def open_to_doubt(html: str, guide: Guide) -> SafeString:
    """A guide's text, with a way to correct each of its “Why is it like this?” blocks.
    html: as it was stored."""

    def with_doubt(why: re.Match) -> str:
        new = reverse("discussions:thread-new", args=[guide.slug])
        return why[0] + format_html(DOUBT, new, why[1], why[1])

    return mark_safe(WHY.sub(with_doubt, html))  # noqa: S308  (sanitised when stored)


@register.simple_tag
def fields(form):
    """What is typed into a reply form, empty or as somebody left it."""
    if form.is_bound or form.initial.get("body"):
        return render_to_string("discussions/_fields.html", {"form": form})
    takes_focus = "autofocus" in form.fields["body"].widget.attrs
    return _empty_fields(type(form), form.auto_id, takes_focus=takes_focus)


@lru_cache(200)
def _empty_fields(form_class, auto_id, *, takes_focus):
    form = form_class(auto_id=auto_id)
    if takes_focus:
        form.fields["body"].widget.attrs["autofocus"] = True
    return render_to_string("discussions/_fields.html", {"form": form})


@register.simple_tag(takes_context=True)
def threads(context):
    """The threads that the page shows. discussion; guide, user"""
    return markup.threads_html(context["discussion"], context["guide"], context["user"])


@register.simple_tag(takes_context=True)
def comment_as(context, level):
    """A comment with a heading of this level. comment, thread, guide, user; is_fresh"""
    thread = ThreadFacts.of(context["thread"])
    reader = {"guide": context["guide"], "user": context["user"]}
    is_fresh = bool(context.get("is_fresh"))
    return markup.comment_html(
        context["comment"], thread, level, **reader, is_fresh=is_fresh
    )
