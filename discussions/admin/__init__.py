"""Comments, reports, members, and the record of what curators did to them."""

from discussions.admin import comment, member, record, report

__all__ = ["comment", "member", "record", "report"]
