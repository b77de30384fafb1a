"""What the logs may say."""

import logging
import re

JOB = re.compile(r"\b([\w.]+\[\d+\])\(.*\)", re.DOTALL)


class WithoutWhatJobsCarry(logging.Filter):
    """Leaves out what a job was given: mails hold addresses and sign-in codes."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Shorten the line; never drop it."""
        if record.name.startswith("procrastinate"):
            record.msg, record.args = JOB.sub(r"\1", record.getMessage()), None
        return True
