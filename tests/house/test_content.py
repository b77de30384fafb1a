"""Starter guides rest on policies, and the glossary explains what they abbreviate."""

import pytest
from django.conf import settings
from django.core.management import call_command

from guides.citations import keys_in

GUIDES = sorted((settings.BASE_DIR / "content" / "guides").glob("*.md"))


def test_the_acronyms_that_starter_guides_share_are_in_the_glossary(capsys):
    call_command("glossary_coverage", "--content")

    assert " % of the acronyms used on two or more guides" in capsys.readouterr().out


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_every_starter_guide_cites_a_policy(path):
    kinds = {kind for kind, _ in keys_in(path.read_text("utf-8"))}

    assert "policy" in kinds
