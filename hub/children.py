"""Processes that end with the one that started them, even when that is killed."""

import ctypes
import os
import re
import signal
import subprocess
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path
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

    return subprocess.Popen(
        [str(word) for word in command],
        start_new_session=True,
        preexec_fn=partial(end_with_parent, farewell),
        **({"stdin": subprocess.DEVNULL} | options),
    )


def end_with_parent(farewell: int = signal.SIGTERM) -> None:
    """Ask Linux to send this process a signal when its parent has ended."""
    if LIBC:
        LIBC.prctl(TELL_WHEN_PARENT_ENDS, int(farewell), 0, 0, 0)


def stop(
    child: subprocess.Popen, farewell: int = signal.SIGTERM, patience: float = 10
) -> None:
    """Ask a process to end and wait; then end by force what is left of its session."""
    if child.poll() is None:
        child.send_signal(farewell)
        with suppress(subprocess.TimeoutExpired):
            child.wait(patience)
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def exists(pid: int) -> bool:
    """Whether any process has this number."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return pid > 0


def is_alive(pid: int, name: str) -> bool:
    """Whether the process of this number lives and is that program.

    Where the system does not tell, any process of the number counts.
    """
    if not exists(pid) or not Path("/proc/self/stat").exists():
        return exists(pid)
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return re.match(rf"{pid} \({name}\) [^ZX]", stat) is not None
