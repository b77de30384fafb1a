"""Processes that end with the one that started them, even when that is killed."""

import ctypes
import signal
import subprocess
import sys
from typing import Any

LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
TELL_WHEN_PARENT_ENDS = 1  # PR_SET_PDEATHSIG


def start(
    command: list[Any], *, farewell: int = signal.SIGTERM, **options: Any
) -> subprocess.Popen:
    """Start a process; `farewell` is the signal that asks it to end.

    It has a session of its own, so Ctrl-C reaches only the parent, which then ends
    its children in the right order.
    """

    def ask_for_farewell() -> None:
        if LIBC:
            LIBC.prctl(TELL_WHEN_PARENT_ENDS, int(farewell), 0, 0, 0)

    return subprocess.Popen(
        [str(word) for word in command],
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=ask_for_farewell,
        **options,
    )


def stop(
    child: subprocess.Popen, farewell: int = signal.SIGTERM, patience: float = 10
) -> None:
    """Ask a process to end, wait, and end it by force if it does not."""
    if child.poll() is None:
        child.send_signal(farewell)
        try:
            child.wait(patience)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
