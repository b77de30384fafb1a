"""How the worker runs what was left for it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import connection
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

AGAIN = RetryStrategy(max_attempts=40, linear_wait=60)  # seconds; half a day in all


def close_after(job: Callable[[], Any], *_: Any) -> Any:
    """Keep no connection between jobs: a worker's threads would keep dead ones."""
    try:
        return job()
    finally:
        connection.close()


job = partial(app.task, retry=AGAIN, task_middleware=[close_after])
