"""What the site forgets, once a day."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from guides.models import EmptySearch

SEARCHES_ARE_KEPT = timedelta(days=365)


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="forget_old")
def forget_old(timestamp: int) -> None:
    """Sessions and counts of attempts that have ended, and searches of a year ago."""
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    EmptySearch.objects.filter(day__lt=now.date() - SEARCHES_ARE_KEPT).delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM hub_cache WHERE expires < %s", [now])
