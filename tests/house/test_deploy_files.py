"""What an operator copies is checked by the programs that will read it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.conf import settings

DEPLOY = Path(settings.BASE_DIR) / "deploy"
UNITS = sorted(path.name for path in DEPLOY.glob("*.service"))
PROGRAMS = Path(sys.executable).parent


def found(program: str) -> str:
    """A program of the machine; CI has all of them."""
    path = shutil.which(program)
    if not path and not os.environ.get("CI"):
        pytest.skip(f"There is no {program} here.")
    assert path, f"There is no {program} here."
    return path


@pytest.mark.parametrize("unit", [*UNITS, "handover-backup.timer"])
def test_systemd_understands_each_unit(tmp_path, unit):
    for file in DEPLOY.glob("handover-*"):
        words = file.read_text().replace("/srv/handover/venv/bin", str(PROGRAMS))
        (tmp_path / file.name).write_text(words)
    command = [found("systemd-analyze"), "verify", "--man=no", str(tmp_path / unit)]

    told = subprocess.run(command, capture_output=True, text=True, check=False)

    about_ours = [line for line in told.stderr.splitlines() if "handover" in line]
    assert (told.returncode, about_ours) == (0, [])


def settings_of(unit: str) -> set[str]:
    """As whom, where and with what a unit runs."""
    names = ("User=", "Group=", "WorkingDirectory=", "EnvironmentFile=")
    lines = (DEPLOY / unit).read_text().splitlines()
    return {line for line in lines if line.startswith(names)}


@pytest.mark.parametrize("unit", UNITS)
def test_a_command_by_hand_runs_as_the_units_do(tmp_path, unit):
    stand_in = tmp_path / "systemd-run"
    stand_in.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    stand_in.chmod(0o755)
    command = [DEPLOY / "manage", "delete_again", "Ada <ada@example.org>"]
    path = {"PATH": f"{tmp_path}:{os.environ['PATH']}"}

    told = subprocess.check_output(command, env=path, text=True).splitlines()

    given = {line.removeprefix("--property=") for line in told if "=" in line}
    assert given == settings_of(unit)
    assert len(given) == 4
    assert told[-3:] == ["manage.py", "delete_again", "Ada <ada@example.org>"]


def test_nginx_understands_its_file(tmp_path):
    key, certificate = tmp_path / "privkey.pem", tmp_path / "fullchain.pem"
    make = f"req -x509 -newkey rsa:2048 -nodes -subj /CN=a -keyout {key} -out"
    subprocess.run(
        [found("openssl"), *make.split(), str(certificate)],
        check=True,
        capture_output=True,
    )
    site = (DEPLOY / "nginx.conf").read_text()
    site = site.replace("/etc/letsencrypt/live/handover.example", str(tmp_path))
    site = site.replace("/var/log/nginx", str(tmp_path))
    site = site.replace("/etc/nginx/handover_", f"{DEPLOY}/handover_")
    file = tmp_path / "nginx.conf"
    file.write_text(
        f"pid {tmp_path}/pid; error_log {tmp_path}/log;\nevents {{}}\nhttp {{\n{site}}}"
    )

    told = subprocess.run(
        [found("nginx"), "-t", "-q", "-c", str(file)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (told.returncode, told.stderr) == (0, "")


def test_every_way_to_run_it_starts_the_server_alike():
    image = (DEPLOY / "Dockerfile").read_text()
    unit = (DEPLOY / "handover-web.service").read_text()
    docs = (Path(settings.BASE_DIR) / "docs/operations.md").read_text()
    command = re.search(r"CMD (\[.*?\])", image.replace("\\\n", ""), re.DOTALL)[1]
    words = yaml.safe_load(command)

    for place in unit, docs:
        for option in ("--workers", "--blocking-threads", "--respawn-interval"):
            assert f"{option} {words[words.index(option) + 1]}" in place


def test_compose_names_what_there_is():
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]

    assert set(services) == {"database", "migrate", "web", "worker"}
    for name in ("migrate", "web", "worker"):
        build = services[name]["build"]
        assert (DEPLOY / build["context"] / build["dockerfile"]).exists()


def test_no_secret_of_an_operator_gets_into_git_or_into_an_image():
    secrets = ["deploy/.env", "deploy/handover.env"]
    command = ["git", "check-ignore", *secrets]
    told = subprocess.run(
        command, cwd=DEPLOY.parent, capture_output=True, text=True, check=False
    )

    assert told.stdout.split() == secrets
    assert set(secrets) <= set((DEPLOY.parent / ".dockerignore").read_text().split())
