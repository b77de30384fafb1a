"""How many of the acronyms that guides share are explained."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from guides.acronyms import acronyms_in
from tests.factories import publish
from tests.guides.glossary import make_term


def test_an_acronym_is_what_newcomers_may_not_know():
    text = "The SRO, DfE, R&D and SROs of the NHS\nREAD THIS\nOFFICIAL www.GDS x/ABC"

    assert acronyms_in(text) == {"SRO", "DfE", "R&D"}


def test_the_share_is_told_and_is_enough(capsys):
    make_term("SRO")
    for body in "The SRO of a TLA.", "An SRO.":
        publish(body=body)

    call_command("glossary_coverage")

    told = "100.0 % of the acronyms used on two or more guides are in the glossary: 1"
    assert told in capsys.readouterr().out


def test_what_is_missing_is_listed_and_ends_with_a_failure(capsys):
    make_term("SRO")
    for body in "The SRO of a TLA.", "An SRO, a TLA, an XYZ.", "The TLA and XYZ.":
        publish(body=body)

    with pytest.raises(CommandError, match="95 %"):
        call_command("glossary_coverage")

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("33.3 % ")
    assert lines[1:] == [
        *("TLA: not explained, on 3 guides", "XYZ: not explained, on 2 guides")
    ]


@pytest.fixture
def folder(tmp_path):
    """Content that comes with a site."""
    (tmp_path / "guides").mkdir()
    for name in "one", "two":
        text = f"---\ntitle: AB CD {name}\n---\nThe **SRO** and DfEs.\n"
        (tmp_path / "guides" / f"{name}.md").write_text(text)
    terms = "- {slug: sro, short: senior owner, aliases: [SRO]}\n- {short: DfE}\n"
    (tmp_path / "terms.yaml").write_text(terms)
    return tmp_path


def test_content_is_counted_without_a_database(folder):
    command = [sys.executable, "manage.py", "glossary_coverage", "--content", folder]
    nowhere = {"DATABASE_URL": "postgresql://nobody@/none?host=/nowhere"}
    told = subprocess.run(
        command,
        cwd=settings.BASE_DIR,
        env=os.environ | nowhere,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.startswith("100.0 % ")


def test_content_that_explains_too_little_fails(folder, capsys):
    (folder / "terms.yaml").write_text("- {short: SRO}")
    with pytest.raises(CommandError):
        call_command("glossary_coverage", "--content", folder)
    assert "DfE: not explained, on 2 guides" in capsys.readouterr().out


def test_an_odd_date_in_the_glossary_is_no_matter_here(folder, capsys):
    with (folder / "terms.yaml").open("a") as file:
        file.write("- {short: XYZ, since: 2026-02-30, aliases: }\n")

    call_command("glossary_coverage", content=folder)

    assert capsys.readouterr().out.startswith("100.0 % ")


@pytest.mark.parametrize("terms", ["- {", "- SRO", "5", "- {short: !!int x}: [", None])
def test_content_that_cannot_be_read_is_said(folder, terms):
    (folder / "terms.yaml").unlink()
    if terms:
        (folder / "terms.yaml").write_text(terms)

    with pytest.raises(CommandError, match="cannot be read"):
        call_command("glossary_coverage", content=folder)
