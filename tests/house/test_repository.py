"""Rules about the repository itself."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.template.loader import get_template

ROOT = settings.BASE_DIR
TEMPLATES = sorted(p for p in (ROOT / "templates").rglob("*") if p.is_file())
SAFE = {
    "edition.shown_html",
    "comment.body_html",
    "page.body_html",
    "place.to.body_html",
    "preview",
    "preview.explained.html",
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
    engine = "jinja2" if path.suffix == ".jinja" else "django"
    get_template(str(path.relative_to(ROOT / "templates")), using=engine)


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


def pins(lock: str) -> set[str]:
    """The name and version of each package in a lock."""
    text = (ROOT / lock).read_text()
    return set(re.findall(r"^[a-z0-9.-]+(?:\[[^\]]+\])?==[^ ]+", text, re.M))


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-production.lock"])
def test_a_lock_names_no_host_and_pins_by_hash(lock):
    text = (ROOT / lock).read_text()

    assert "://" not in text
    assert len(pins(lock)) > 30
    assert all("--hash=sha256:" in pin for pin in re.split(r"\n(?=\S)", text))


def names(dependencies: list[str]) -> set[str]:
    return {re.match(r"[a-z0-9-]+", each)[0] for each in dependencies}


def test_a_site_for_others_installs_what_was_tested_and_no_tool():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = names(project["project"]["dependencies"])
    wanted |= names(project["project"]["optional-dependencies"]["s3"])
    groups = project["dependency-groups"]
    tools = names(groups["dev"] + groups["e2e"]) - wanted

    installed = pins("requirements-production.lock")

    packages = {pin.partition("==")[0] for pin in installed}
    assert installed <= pins("requirements.lock")
    assert wanted <= packages
    assert not tools & packages


def test_imports_point_one_way():
    lint = Path(sys.executable).with_name("lint-imports")
    subprocess.run([lint], cwd=ROOT, check=True, capture_output=True)


def test_every_dependency_says_why():
    text = (ROOT / "pyproject.toml").read_text()
    lists = re.findall(r"^(?:dependencies|dev|e2e) = \[\n(.*?)^\]", text, re.M | re.S)

    lines = [line for block in lists for line in block.splitlines() if line.strip()]
    assert len(lines) > 20
    assert all(re.search(r'", # \w', line) for line in lines)
