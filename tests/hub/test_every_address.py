"""What holds at every address of the site."""

import pytest

from hub.models import Page
from tests.hub.addresses import address_of, every_name, make_site

# These show a form to sign in or up with, which needs a token against forgery.
FORMS = ("account_",)


@pytest.fixture
def rows():
    Page.objects.create(slug="about", title="About", summary="What.", body="Words.")
    return make_site()


@pytest.mark.parametrize("name", every_name())
def test_a_signed_out_reader_gets_no_cookie(reader, rows, name):
    answer = reader.get(address_of(name, rows))

    allowed = {"csrftoken"} if name.startswith(FORMS) else set()
    assert set(answer.cookies) <= allowed
    assert answer.status_code < 500


@pytest.mark.parametrize("path", ["/guides/%00/", "/%ff/", "/guides/a%0d%0ab/", "/%7f"])
def test_junk_in_the_path_is_a_worded_4xx(reader, path):
    answer = reader.get(path)

    assert answer.status_code in {400, 404}
    assert b"<h1" in answer.content


@pytest.mark.parametrize("name", every_name())
def test_junk_in_a_form_is_never_a_server_error(reader, browser_of, rows, name):
    person = browser_of(rows["comment"].author)
    words = dict.fromkeys(
        ["body", "key", "kind", "next", "email", "code"], "a\x00\ud800"
    )
    words = {field: value.encode("utf-8", "replace") for field, value in words.items()}

    for browser in reader, person:
        assert browser.post(address_of(name, rows), words).status_code < 500


@pytest.mark.parametrize(
    "cookie", ['sessionid="\\000aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"', "city=Z\xfcrich"]
)
def test_junk_in_a_cookie_is_passed_over(reader, cookie):
    assert reader.get("/", headers={"cookie": cookie}).status_code == 200
    assert reader.get("/nothing/", headers={"cookie": cookie}).status_code == 404


def test_words_pasted_with_a_tab_are_looked_for(reader):
    assert reader.get("/search/?q=service%09standard").status_code == 200


def test_an_unknown_host_is_refused(reader):
    assert reader.get("/", headers={"host": "elsewhere.example"}).status_code == 400


def test_words_sent_to_a_page_that_is_not_there_come_back(browser_of, newcomer):
    words = {"body": "A long and careful answer."}

    answer = browser_of(newcomer).post("/guides/nothing/discussion/new/", words)

    assert answer.status_code == 404
    assert "A long and careful answer." in answer.content.decode()
