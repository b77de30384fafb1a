"""What the admin's front page says of the queue."""

from django import template

from discussions.admin.filters import waiting_comments
from discussions.models import Report

register = template.Library()

COUNTED = 50  # beyond that, "50+" says enough


@register.simple_tag
def comments_waiting() -> str:
    """How many comments wait: "0" to "50", or "50+"."""
    return _number(waiting_comments())


@register.simple_tag
def guide_reports_waiting() -> str:
    """How many reports of guides wait, in the same way."""
    reports = Report.objects.open().filter(guide__isnull=False)
    return _number(reports.order_by().values("pk"))


def _number(rows) -> str:
    found = len(rows[: COUNTED + 1])
    return f"{COUNTED}+" if found > COUNTED else str(found)
