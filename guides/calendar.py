"""What happens to guides by itself when its day comes."""

import logging

from django.core.exceptions import ValidationError
from django.utils import timezone
from procrastinate.contrib.django import app

from accounts.models import User
from guides.emails import remind
from guides.jobs import close_after
from guides.models import Edition, Guide

logger = logging.getLogger(__name__)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="publish_planned", task_middleware=[close_after])
def publish_planned(timestamp: int) -> None:
    """Publish the editions whose moment has come. One that cannot come out any more
    goes back to the curators."""
    due = Edition.objects.filter(
        state=Edition.State.SCHEDULED, scheduled_for__lte=timezone.now()
    )
    for edition in due.order_by("scheduled_for"):
        try:
            edition.publish_as_scheduled()
        except ValidationError as error:
            logger.warning("Edition %s stays: %s", edition.pk, error.messages)
            edition.unschedule(by=None)


@app.periodic(cron="7 6 * * *")
@app.task(queueing_lock="remind_owners", task_middleware=[close_after])
def remind_owners(timestamp: int) -> None:
    """Tell owners, in one mail each, which guides are to be looked at again."""
    owners = Guide.objects.to_remind().order_by().values("owner")
    for owner in User.objects.filter(pk__in=owners, is_active=True):
        remind(owner)
