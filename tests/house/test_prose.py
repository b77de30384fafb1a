"""The guides that come with the site read well and say where they come from."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command


def test_starter_guides_have_nothing_to_mend():
    said = StringIO()
    try:
        call_command("prose_check", stdout=said)
    except CommandError as error:
        pytest.fail(f"{error}\n{said.getvalue()}")


def test_every_address_of_the_content_can_be_listed():
    said = StringIO()
    call_command("link_report", stdout=said)

    assert "guides/your-first-week.md:" in said.getvalue()
