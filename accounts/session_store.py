"""Sessions in the database, found by a query that is made once."""

from datetime import datetime

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.prepared import Prepared

_open = Prepared(
    lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now),
    str,
    datetime,
)


class SessionStore(db.SessionStore):
    """As Django's own. Every page of a signed-in person asks for one."""

    def _get_session_from_db(self) -> Session | None:
        found = next(iter(_open(self.session_key, timezone.now())), None)
        if found is None:
            self._session_key = None
        return found
