"""The markup of comments. A page holds hundreds, so their template is compiled."""

from calendar import month_name
from datetime import datetime
from functools import lru_cache

from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from jinja2 import Environment, StrictUndefined

from guides.models import Guide

MONTHS = tuple(month_name)
MARK = 9_000_000_001  # stands where a number will stand


def environment(**options) -> Environment:
    """What templates of comments may use, beside what they are given."""
    options |= {"undefined": StrictUndefined, "trim_blocks": True}
    made = Environment(**options, lstrip_blocks=True)  # noqa: S701  (Django says so)
    made.filters |= {"day": day, "moment": moment}
    made.globals |= {"address": address}
    return made


def threads_html(discussion, guide: Guide, user) -> SafeString:
    """The threads of one page of a discussion."""
    given = {"threads": discussion.threads, "guide": guide, "user": user}
    return _rendered("threads", given)


def comment_html(
    comment, thread, guide: Guide, user, level: str, is_fresh: bool = False
) -> SafeString:
    """One comment, or the stub of one; level: of its heading, h2 to h4."""
    given = {"comment": comment, "thread": thread, "guide": guide, "user": user}
    return _rendered("comment", given | {"level": level, "is_fresh": is_fresh})


def _rendered(name: str, given: dict) -> SafeString:
    template = get_template(f"discussions/{name}.jinja", using="jinja2")
    return mark_safe(template.template.render(given))  # noqa: S308  (it escapes)


def day(moment: datetime) -> str:
    """For example "3 July 2026"."""
    here = timezone.localtime(moment)
    return f"{here.day} {MONTHS[here.month]} {here.year}"


def moment(moment: datetime) -> str:
    """What machines read: 2026-07-03T09:15:00+01:00."""
    return timezone.localtime(moment).isoformat(timespec="seconds")


def address(name: str, *given: object) -> str:
    """As `reverse`, where the last argument is a number or a handle, but quick."""
    before, after = _around(name, *given[:-1])
    return f"{before}{given[-1]}{after}"


@lru_cache(1000)
def _around(name: str, *given: object) -> tuple[str, str]:
    before, _, after = reverse(name, args=[*given, MARK]).partition(str(MARK))
    return before, after
