"""What the site forgets, once a day."""

import logging
from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection
from django.utils import timezone
from procrastinate.contrib.django import app

from accounts.models import User
from discussions.models import Notice, PendingReply, Report
from guides.models import AskedSearch, EmptySearch
from guides.models.asked import KEPT
from hub.my_data import delete_if_due

logger = logging.getLogger(__name__)

SEARCHES_ARE_KEPT = timedelta(days=365)
NOTICES_ARE_KEPT = timedelta(days=90)
NETWORKS_ARE_KEPT = timedelta(days=1)


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="forget_old")
def forget_old(timestamp: int) -> None:
    """What has ended: sessions, counts of attempts, words that nobody came back for;
    and after a while searches, notes of sent mails and where reports came from."""
    now = timezone.now()
    PendingReply.objects.over().delete()
    Notice.objects.filter(created_at__lt=now - NOTICES_ARE_KEPT).delete()
    Report.objects.filter(created_at__lt=now - NETWORKS_ARE_KEPT).update(network="")
    Session.objects.filter(expire_date__lt=now).delete()
    EmptySearch.objects.filter(day__lt=now.date() - SEARCHES_ARE_KEPT).delete()
    AskedSearch.objects.filter(day__lt=now.date() - KEPT).delete()
    sessions = Session.objects.values("session_key")
    UserSession.objects.exclude(session_key__in=sessions).delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM hub_cache WHERE expires < %s", [now])


@app.periodic(cron="47 3 * * *")
@app.task(queueing_lock="delete_leavers")
def delete_leavers(timestamp: int) -> None:
    """The accounts of people who asked for it seven days ago, one by one."""
    for pk in User.objects.leaving().values_list("pk", flat=True):
        try:
            delete_if_due(pk)
        except DatabaseError:  # the others do not wait for it
            logger.exception("The account %s could not be deleted.", pk)
