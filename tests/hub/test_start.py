"""What a web process loads before its first page."""

import os
import subprocess
import sys

from django.conf import settings

# What only a few pages need, and a process can load when one of them is asked for.
LATER = {"PIL", "holidays", "lxml", "yaml"}
TELL = "import sys, hub.wsgi, hub.urls; print(*sys.modules)"


def test_a_web_process_starts_without_what_few_pages_need():
    given = {"DJANGO_SETTINGS_MODULE": "tests.settings"}

    loaded = subprocess.check_output(
        [sys.executable, "-c", TELL],
        cwd=settings.BASE_DIR,
        env=os.environ | given,
        text=True,
    )

    assert "guides.working_days" in loaded.split()
    assert not LATER & set(loaded.split())
