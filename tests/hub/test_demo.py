"""`manage.py demo`: one command, and the whole site runs."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings

from hub import demo

MAY_TAKE = 60  # seconds; a quiet machine needs about eight


@pytest.fixture
def folder():
    """A new folder for a demo's data."""
    folder = Path(tempfile.mkdtemp(prefix="handover-"))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def port():
    """A port that nobody uses."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def run(*words, **more):
    """The command, with nothing in the environment but the way to Python."""
    return subprocess.Popen(
        [sys.executable, "manage.py", "demo", *map(str, words)],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"]} | more,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def trouble_of(*words, **more):
    process = run(*words, **more)
    told = process.communicate(timeout=MAY_TAKE)[0]
    assert process.returncode == 1
    assert "Traceback" not in told
    return told.strip().splitlines()[-1]


def read(port, path):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.read().decode()


@pytest.fixture
def running(folder, port):
    """A demo that is ready, and what it said."""
    process = run("--port", port, "--data", folder)
    said = []
    for line in process.stdout:
        said.append(line)
        if "Ctrl-C" in line:
            break
    yield process, "".join(said)
    process.terminate()
    process.communicate(timeout=MAY_TAKE)


def test_one_command_starts_the_site_and_stops_all_of_it(running, folder, port):
    process, said = running
    assert process.poll() is None, said
    assert re.search(r"Starting PostgreSQL \d+ … \d+\.\d s\n", said)
    assert read(port, "/readyz") == "ok\n"
    assert "Sample question" in read(port, "/guides/your-first-week/")
    assert "<h1" in read(port, "/demo/mail/")

    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=MAY_TAKE)[0] == "Stopped.\n"
    assert process.returncode == 0
    with pytest.raises(OSError):
        read(port, "/readyz")
    assert not (folder / "database/data/postmaster.pid").exists()


def test_its_secrets_are_for_its_owner_only(folder):
    key = demo.kept_secret(folder, "secret-key")

    assert len(key) == 64
    assert demo.kept_secret(folder, "secret-key") == key
    assert (folder / "secret-key").stat().st_mode & 0o777 == 0o600


def test_help_starts_nothing(folder):
    process = run("--help", "--data", folder / "new")
    told = process.communicate(timeout=MAY_TAKE)[0]

    assert process.returncode == 0
    assert "--no-seed" in told
    assert not (folder / "new").exists()


def test_a_taken_port_is_told_before_anything_slow(folder):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        line = trouble_of("--port", port, "--data", folder)

    assert line.startswith(f"Port {port} is taken. Choose another: --port ")
    assert not (folder / "database").exists()


def test_a_folder_that_cannot_be_written_is_told():
    line = trouble_of("--data", "/proc/handover")

    assert "/proc/handover" in line and "--data" in line


def test_a_database_of_ones_own_that_does_not_answer_is_told(folder, port):
    url = "postgresql://postgres@127.0.0.1:1/handover"
    line = trouble_of("--port", port, "--data", folder, DATABASE_URL=url)

    assert line.startswith("The database that DATABASE_URL names said: ")
    assert not (folder / "database").exists()
