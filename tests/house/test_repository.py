"""Rules about the repository itself."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.template.loader import get_template

ROOT = settings.BASE_DIR
TEMPLATES = sorted(p for p in (ROOT / "templates").rglob("*") if p.is_file())
SAFE = {
    "edition.body_html",
    "comment.body_html",
    "page.body_html",
    "place.to.body_html",
    "preview",
    "preview.rendered.html",
}


def files() -> list[Path]:
    """Every text file that git keeps or would keep."""
    kinds = ("*.py", "*.html", "*.css", "*.js", "*.md", "*.toml", "*.yaml", "*.txt")
    command = ["git", "ls-files", "-co", "--exclude-standard", *kinds, ".ci/run"]
    names = subprocess.check_output(command, cwd=ROOT, text=True).split("\n")
    return [ROOT / name for name in names if name and (ROOT / name).exists()]


def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_every_template_compiles(path):
    get_template(str(path.relative_to(ROOT / "templates")))


def test_only_rendered_text_is_called_safe():
    found = set()
    for path in TEMPLATES:
        found |= set(re.findall(r"{{\s*([\w.]+)\s*\|\s*safe\b", path.read_text()))

    assert found <= SAFE, found - SAFE


def test_no_page_has_inline_script_or_style():
    # A mail carries the little style it has: it may load nothing.
    pages = [path for path in TEMPLATES if path.parts[-2] != "emails"]
    for path in pages:
        text = path.read_text()
        assert not re.search(r"\sstyle=|\son[a-z]+=\"|<style", text), path
        assert not re.search(r"<script(?![^>]*(\bsrc=|json))", text), path


def test_no_file_names_a_machine():
    for path in files():
        text = path.read_text(encoding="utf-8")
        found = re.search(r"(^|[\s\"'=(])/(work|root|home/[a-z]+)/", text)
        assert not found or path.name == "test_repository.py", path


def test_the_lock_names_no_host_and_pins_by_hash():
    lock = (ROOT / "requirements.lock").read_text()

    assert "://" not in lock
    pins = re.findall(r"^[a-z0-9-]+(?:\[[^\]]+\])?==", lock, re.M)
    assert len(pins) > 30
    assert lock.count("--hash=sha256:") >= len(pins)


def test_imports_point_one_way():
    lint = Path(sys.executable).with_name("lint-imports")
    subprocess.run([lint], cwd=ROOT, check=True, capture_output=True)


def test_every_dependency_says_why():
    text = (ROOT / "pyproject.toml").read_text()
    lists = re.findall(r"^(?:dependencies|dev|e2e) = \[\n(.*?)^\]", text, re.M | re.S)

    lines = [line for block in lists for line in block.splitlines() if line.strip()]
    assert len(lines) > 20
    assert all(re.search(r'", # \w', line) for line in lines)
