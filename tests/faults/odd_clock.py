"""The site with another clock: CLOCK is a moment, or seconds to go on or back by.

With CLOCK_OF_HALF set, only every second process has it.
"""

import os
from datetime import UTC, datetime, timedelta

import time_machine

from hub.wsgi import application as application

given = os.environ.get("CLOCK", "0")
if os.environ.get("CLOCK_OF_HALF") and os.getpid() % 2:
    given = "0"
if given.lstrip("+-").isdecimal():
    moment = datetime.now(UTC) + timedelta(seconds=int(given))
else:
    moment = datetime.fromisoformat(given)
time_machine.travel(moment, tick=True).start()
