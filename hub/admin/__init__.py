"""The site itself, as curators see it."""

from hub.admin import home, page, site

__all__ = ["home", "page", "site"]
