"""The site itself, as curators see it."""

from hub.admin import page, site

__all__ = ["page", "site"]
