"""Who may keep a page."""

import pytest

from tests.factories import publish


def test_signed_out_readers_share_one_page(reader, guide):
    answer = reader.get(guide.get_absolute_url())

    assert answer.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert {"Accept-Encoding", "Cookie"} == set(answer.headers["Vary"].split(", "))
    assert reader.get(guide.get_absolute_url()).content == answer.content


def test_a_page_that_has_not_changed_is_not_sent_again(reader, guide):
    etag = reader.get(guide.get_absolute_url()).headers["ETag"]

    again = reader.get(guide.get_absolute_url(), headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")

    publish(guide)
    changed = reader.get(guide.get_absolute_url(), headers={"if-none-match": etag})
    assert changed.status_code == 200


def test_a_members_page_is_theirs_alone(browser_of, newcomer, guide):
    answer = browser_of(newcomer).get(guide.get_absolute_url())

    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "ETag" not in answer.headers


@pytest.mark.parametrize("cookie", ["sessionid=forged", "sessionid=", "theme=dark"])
def test_any_cookie_but_the_forms_one_keeps_a_page_private(reader, guide, cookie):
    answer = reader.get(guide.get_absolute_url(), headers={"cookie": cookie})

    assert "public" not in answer.headers["Cache-Control"]


@pytest.mark.parametrize("address", ["/accounts/login/", "/admin/login/"])
def test_account_pages_are_kept_by_nobody(reader, address):
    headers = reader.get(address).headers

    assert "no-store" in headers["Cache-Control"]


def test_a_missing_page_is_not_kept(reader):
    assert reader.get("/guides/none/").headers["Cache-Control"] == "no-store"
