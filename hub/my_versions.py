"""What a person changed on the site's own pages, and what becomes of it."""

from typing import Any

from accounts.models import User
from hub.models import PageVersion

GOES: dict[str, str] = {}
STAYS = {
    "hub.pageversion.by": "Changes to the site’s own pages, without your name",
}


def export_for(person: User) -> dict[str, Any]:
    """The pages of the site as this person saved them."""
    saved = PageVersion.objects.filter(by=person)
    words = ("title", "summary", "body", "note")
    return {"pages": list(saved.values("page__slug", "number", *words, "at"))}


def forget(person: User) -> None:
    """Do nothing: readers have seen the pages, and the name goes by itself."""
