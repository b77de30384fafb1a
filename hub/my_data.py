"""Leaving with all one's data, or leaving for good."""

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

import accounts.my_data
import discussions.my_data
import guides.my_data
import hub.my_versions
from accounts.models import User

# In the order in which they forget somebody: each may rely on those after it.
APPS = {
    "site": hub.my_versions,
    "discussions": discussions.my_data,
    "guides": guides.my_data,
    "account": accounts.my_data,
}
TIME_TO_THINK = timedelta(days=7)


def what_goes() -> list[str]:
    """In words, what is deleted with an account."""
    return _words("GOES")


def what_stays() -> list[str]:
    """In words, what stays when an account is deleted."""
    return _words("STAYS")


def archive_for(person: User) -> bytes:
    """A zip file with one JSON file per part of the site."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, app in APPS.items():
            archive.writestr(f"{name}.json", _json(app.export_for(person)))
    return file.getvalue()


@transaction.atomic
def ask_to_delete(person: User, *, deletes_words: bool) -> None:
    """Set the day on which the account goes, sign out everywhere and say so by email.

    Raises ValidationError for the last superuser.
    """
    person.leave(timezone.now() + TIME_TO_THINK, deletes_words=deletes_words)
    _tell(person.email, "leaving", {"person": person})


@transaction.atomic
def delete_if_due(pk: int, *, says_so: bool = True) -> bool:
    """Delete one account whose day has come. False when there is nothing to do."""
    due = User.objects.leaving().select_for_update(skip_locked=True)
    person = due.filter(pk=pk).first()
    if person is None or person.is_last_superuser:
        return False
    email = person.email
    for app in APPS.values():
        app.forget(person)
    person.delete()
    if says_so:
        _tell(email, "left", {})
    return True


def _words(table: str) -> list[str]:
    apps = reversed(APPS.values())  # a person thinks of the account first
    words = [word for app in apps for word in getattr(app, table).values()]
    return list(dict.fromkeys(words))


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)


def _tell(email: str, what: str, context: dict[str, Any]) -> None:
    site = {"name": settings.SITE_NAME, "domain": settings.SITE_URL}
    words = {**context, "current_site": site}
    get_adapter().render_mail(f"hub/mail/{what}", email, words).send()
