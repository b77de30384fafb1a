"""The page that shows what a demo mailed."""

import pytest
from django.core.mail import EmailMessage

from tests.pages import visit


@pytest.fixture
def folder(tmp_path, settings):
    """Where a demo's mail is written."""
    name = "django.core.mail.backends.filebased.EmailBackend"
    options = {"file_path": str(tmp_path)}
    settings.MAILERS = {"server": {"BACKEND": name, "OPTIONS": options}}
    return tmp_path


def write(file, *subjects):
    """What Django's file backend writes."""
    for subject in subjects:
        sent = EmailMessage(subject, "<b>é & co</b>", "a@b.org", ["c@d.org"])
        with file.open("ab") as end:
            end.write(sent.message().as_bytes() + b"\n" + b"-" * 79 + b"\n")


@pytest.mark.urls("tests.hub.demo_urls")
def test_the_mail_of_a_demo_is_shown_newest_first(reader, folder):
    write(folder / "20261121-090000-1.log", "One", "Two")
    write(folder / "20261122-090000-1.log", "Three")

    page = visit(reader, "/demo/mail/")

    subjects = [heading.get_text() for heading in page.select("article h2")]
    assert subjects == ["Three", "Two", "One"]
    assert "<b>é & co</b>" in page.article.get_text()


@pytest.mark.urls("tests.hub.demo_urls")
def test_before_the_first_mail_the_page_says_what_to_do(reader, folder):
    assert "Sign up" in visit(reader, "/demo/mail/").main.get_text()


def test_nothing_of_it_exists_outside_a_demo(reader):
    assert reader.get("/demo/mail/").status_code == 404
