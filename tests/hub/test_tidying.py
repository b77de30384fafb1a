"""What the site forgets, once a day."""

from collections import Counter
from datetime import timedelta

from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from guides.models import AskedSearch, EmptySearch
from hub.tidying import forget_old


def test_what_has_ended_is_forgotten_and_the_rest_stays():
    today = timezone.localdate()
    for days in 1, 400:
        day = today - timedelta(days=days)
        EmptySearch.objects.create(query="xylophone", day=day)
        AskedSearch.objects.add(Counter(["panel"]), day)
    now = timezone.now()
    for name, hours in ("old", -1), ("new", 1):
        ends = now + timedelta(hours=hours)
        Session.objects.create(session_key=name, session_data="", expire_date=ends)
        cache.set(name, 1, 3600)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE hub_cache SET expires = now() - interval '1 day' "
            "WHERE cache_key LIKE '%old'"
        )

    forget_old(timestamp=0)

    assert EmptySearch.objects.get().day == today - timedelta(days=1)
    assert AskedSearch.objects.get().day == today - timedelta(days=1)
    assert Session.objects.get().session_key == "new"
    assert (cache.get("old"), cache.get("new")) == (None, 1)
