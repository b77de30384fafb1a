"""The markup of what a page holds hundreds of, comments above all: their templates are
compiled."""

import re
from calendar import month_name
from datetime import datetime
from functools import lru_cache, partial
from typing import NamedTuple

from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.timesince import timesince
from jinja2 import Environment, StrictUndefined
from jinja2.ext import Extension

from discussions.threads import ShownComment, ThreadFacts
from guides.models import Guide

INDENT = re.compile(r"^ +", re.MULTILINE)
MONTHS = tuple(month_name)
MARK = 9_000_000_001  # stands where a number will stand
MADE, LONGEST_MADE = 1_000, 3_000  # comments whose markup is remembered, and letters


class Unindented(Extension):
    """Leaves out the blanks before the lines of a template: readers would load them
    fifty times a page. What is put into it keeps its own."""

    def preprocess(self, source: str, name: str | None, filename=None) -> str:
        """The template without them."""
        return INDENT.sub("", source)


def environment(**options) -> Environment:
    """What compiled templates may use, beside what they are given."""
    options |= {"undefined": StrictUndefined, "extensions": [Unindented]}
    options["trim_blocks"] = True
    made = Environment(**options, lstrip_blocks=True)  # noqa: S701  (Django says so)
    made.filters |= {"day": day, "date": date, "clock": clock}
    made.filters |= {"timesince": timesince}
    made.globals |= {"address": address}
    return made


def threads_html(discussion, guide: Guide, user) -> SafeString:
    """The threads of one page of a discussion."""
    show = partial(comment_html, guide=guide, user=user)
    return rendered(
        "discussions/threads.jinja", threads=discussion.threads, guide=guide, show=show
    )


def comment_html(
    comment: ShownComment,
    thread: ThreadFacts,
    level: str,
    *,
    guide: Guide,
    user,
    is_fresh: bool = False,
) -> SafeString:
    """One comment, or the stub of one; level: of its heading, h2 to h4."""
    is_own = bool(comment.author_id) and comment.author_id == user.pk
    look = Look(
        level=level,
        slug=guide.slug,
        is_open=guide.visibility == "live" and thread.state != "closed",
        is_member=user.is_authenticated,
        is_own=is_own,
        may_edit=is_own and comment.is_recent,
        is_fresh=is_fresh,
    )
    make = _remembered if len(comment.body_html) <= LONGEST_MADE else _comment
    return make(comment, thread, look)


class Look(NamedTuple):
    """What else the markup of a comment depends on: its place and its reader."""

    level: str
    slug: str
    is_open: bool
    is_member: bool
    is_own: bool
    may_edit: bool
    is_fresh: bool


def _comment(comment: ShownComment, thread: ThreadFacts, look: Look) -> SafeString:
    # All that the markup shows is among the arguments, so it never is out of date.
    return rendered(
        "discussions/comment.jinja", comment=comment, thread=thread, **look._asdict()
    )


_remembered = lru_cache(MADE)(_comment)


def rendered(path: str, /, **given: object) -> SafeString:
    """One of the compiled templates."""
    template = get_template(path, using="jinja2")
    return mark_safe(template.template.render(given))  # noqa: S308  (it escapes)


def day(moment: datetime) -> str:
    """For example "3 July 2026"."""
    here = timezone.localtime(moment)
    return f"{here.day} {MONTHS[here.month]} {here.year}"


def date(moment: datetime) -> str:
    """The same for machines: "2026-07-03"."""
    return timezone.localdate(moment).isoformat()


def clock(moment: datetime) -> str:
    """For example "09:15"."""
    return f"{timezone.localtime(moment):%H:%M}"


def address(name: str, *given: object) -> str:
    """As `reverse`, where the last argument is a number or a handle, but quick."""
    before, after = _around(name, *given[:-1])
    return f"{before}{given[-1]}{after}"


@lru_cache(1000)
def _around(name: str, *given: object) -> tuple[str, str]:
    before, _, after = reverse(name, args=[*given, MARK]).partition(str(MARK))
    return before, after
