"""Who sees the files of an image, and how long they may keep them."""

import pytest

from guides.models import Image
from hub.models import StoredFile
from tests.factories import (
    make_image,
    make_user,
    publish,
)


def file_of(image: Image, width: int = 640) -> str:
    return f"/images/{image.name}-{width}.webp"


def test_the_files_of_a_draft_are_for_those_who_may_read_it(
    reader, browser_of, author, newcomer, veteran, curator, draft
):
    image = make_image(draft, author)

    for person, status in [
        (author, 200),
        (curator, 200),
        (newcomer, 404),
        (veteran, 404),
        (make_user(is_staff=True), 404),
    ]:
        answer = browser_of(person).get(file_of(image))
        assert answer.status_code == status, person
        if status == 200:
            assert answer.headers["Cache-Control"] == "private, no-store"
    hidden, missing = reader.get(file_of(image)), reader.get(file_of(image, 641))
    assert hidden.status_code == missing.status_code == 404
    assert len(hidden.content) == len(missing.content)


def test_the_files_follow_what_readers_see_of_the_guide(
    reader, browser_of, author, curator, draft
):
    image = make_image(draft, author)
    guide = draft

    def status():
        guide.refresh_from_db()
        return reader.get(file_of(image)).status_code

    assert status() == 404
    guide.draft.publish(by=None)
    assert status() == 200
    guide.refresh_from_db()
    guide.withdraw(by=curator, reason="Old.")
    assert status() == 200
    guide.mark_gone(by=curator, reason="Wrong.")
    assert status() == 404
    assert browser_of(author).get(file_of(image)).status_code == 200


def test_a_merged_guide_leaves_its_pictures_to_the_other(reader, curator, guide):
    old = publish()
    image = make_image(old, curator)

    old.merge(into=guide, by=curator)

    assert reader.get(file_of(image)).status_code == 200


def test_a_public_file_may_be_kept_for_good(reader, author, guide):
    image = make_image(guide, author)

    answer = reader.get(file_of(image))

    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert "Vary" not in answer.headers
    assert not answer.cookies
    content = b"".join(answer.streaming_content)
    assert int(answer.headers["Content-Length"]) == len(content)
    assert content[8:12] == b"WEBP"


def test_a_browser_that_has_the_file_is_told_so(reader, author, guide):
    address = file_of(make_image(guide, author))
    head = reader.head(address)

    again = reader.get(address, headers={"if-none-match": head.headers["ETag"]})

    assert (head.status_code, head.content) == (200, b"")
    assert int(head.headers["Content-Length"]) > 0
    assert (again.status_code, again.content) == (304, b"")
    assert "immutable" in again.headers["Cache-Control"]


@pytest.mark.parametrize("of_a_member", [False, True])
def test_a_file_costs_two_queries(
    reader, browser_of, author, guide, of_a_member, django_assert_max_num_queries
):
    address = file_of(make_image(guide, author))
    browser = browser_of(author) if of_a_member else reader

    with django_assert_max_num_queries(2):
        assert browser.get(address).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "a1-1x1-480.webp",
        f"{'a' * 22}-0x0-480.webp",
        f"{'a' * 22}-640x400-480.webp",
        f"{'a' * 22}-640x400-480.png",
        f"{'A' * 22}-640x400-480.webp",
        f"{'a' * 22}-640x400-99999999999999999999.webp",
        "..%2f..%2fetc%2fpasswd",
        "",
    ],
)
def test_what_is_no_picture_is_missing(reader, path):
    assert reader.get(f"/images/{path}").status_code == 404


def test_a_file_that_the_storage_has_lost_is_missing(reader, author, guide):
    image = make_image(guide, author)
    StoredFile.objects.all().delete()

    assert reader.get(file_of(image)).status_code == 404


def test_the_address_in_the_text_leads_to_the_widest_file(reader, author, guide):
    image = make_image(guide, author)

    assert reader.get(f"/images/{image.name}").url == file_of(image)


def test_the_markdown_of_a_guide_has_whole_addresses(reader, settings, author):
    guide = publish(body="x")
    image = make_image(guide, author)
    publish(guide, body=f"{image.markdown}\n\n`/images/{image.name}`")

    text = reader.get(f"/guides/{guide.slug}.md").content.decode()

    whole = f"](http://testserver/images/{image.name}-640.webp)"
    assert whole in text
    assert reader.get(whole[2:-1].removeprefix("http://testserver")).status_code == 200
    assert f"`/images/{image.name}`" in text
