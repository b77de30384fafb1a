"""Every file that a page names is there: where files have hashed names, as they have
for others, a page that names a missing one is an error page."""

import re
import subprocess

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

ROOT = settings.BASE_DIR
WAYS_TO_NAME = {
    r'{% static "([^"]+)"(?!\|)': "{}",
    r'"components/script.html" with name="([^"]+)"': "js/{}.js",
    r'\bstatic\("([^"]+)"': "{}",
}


def named() -> list[str]:
    """Each static file that a template or a view names."""
    command = ["git", "ls-files", "-co", "--exclude-standard", "*.html", "*.py"]
    found = set()
    for name in subprocess.check_output(command, cwd=ROOT, text=True).splitlines():
        if name.startswith("tests/") or not (ROOT / name).exists():
            continue
        text = (ROOT / name).read_text()
        for pattern, path in WAYS_TO_NAME.items():
            found |= {path.format(each) for each in re.findall(pattern, text)}
    return sorted(found)


@pytest.mark.parametrize("name", named())
def test_a_page_names_only_files_that_are_there(name):
    assert finders.find(name)


def test_pages_name_files_in_each_of_these_ways():
    assert {
        "css/base.css",
        "django_htmx/htmx-2.min.js",
        "js/menus.js",
        "img/favicon.ico",
    } <= set(named())


def test_the_icons_of_a_home_screen_are_there(client):
    icons = client.get("/manifest.webmanifest").json()["icons"]

    names = [icon["src"].removeprefix(settings.STATIC_URL) for icon in icons]
    assert len(names) == 3
    assert all(finders.find(name) for name in names)
