"""Who may add images to a guide, and what they read."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guides.models import Guide, Image
from guides.picture_kinds import MOST_BYTES
from hub.models import StoredFile
from tests.factories import (
    make_draft,
    make_guide,
    make_image,
    make_user,
    picture_file,
    publish,
)
from tests.guides import odd_files
from tests.pages import send, visit

WORDS = {"alt": "The form goes to finance first."}


def sent(content: bytes | None = None, name: str = "form.png", **words):
    """What a browser sends: a file, and words unless others are given."""
    content = picture_file() if content is None else content
    file = SimpleUploadedFile(name, content, "image/png")
    return {"image": file, **(words or WORDS)}


def images_of(guide: Guide) -> str:
    return f"{guide.get_absolute_url()}images/"


def test_an_author_adds_a_picture_and_gets_the_line_for_the_text(
    browser_of, author, draft
):
    browser = browser_of(author)
    visit(browser, images_of(draft))

    answer = browser.post(images_of(draft), sent())
    page = visit(browser, answer.url)

    image = draft.images.get()
    line = f"![The form goes to finance first.](/images/{image.name})"
    assert re.fullmatch(r"[a-z0-9]{22}-640x400", image.name)
    assert page.select_one("input[readonly]")["value"] == line
    assert browser.get(page.select_one("main img")["src"]).status_code == 200
    assert image.uploaded_by == author


def test_a_decoration_has_no_words(browser_of, author, draft):
    browser_of(author).post(images_of(draft), sent(alt="", is_decorative="on"))

    assert draft.images.get().markdown.startswith("![](/images/")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"alt": " \u200b "}, "Say what the image shows"),
        ({"alt": "A", "is_decorative": "on"}, "A decoration needs no description"),
        ({"alt": "a" * 301}, "the limit is 300 characters"),
        ({"alt": "a\x00"}, "Null characters"),
    ],
)
def test_words_and_decoration_are_one_of_the_two(
    browser_of, author, draft, words, said
):
    page = send(browser_of(author), images_of(draft), sent(**words), 422)

    assert said in page.find(class_="error-summary").get_text()
    assert "Choose the file again" in page.main.get_text()
    assert not draft.images.exists()


def test_typed_words_come_back_when_the_file_is_refused(browser_of, author, draft):
    page = send(browser_of(author), images_of(draft), sent(odd_files.SVG), 422)

    assert "This file is an SVG drawing." in page.find(class_="error-summary").text
    assert page.textarea.get_text(strip=True) == WORDS["alt"]


@pytest.mark.parametrize(
    "name", ["a.png.php", "../../a.png", "a\x00.png", "é" * 300 + ".png", "a.svg", "x"]
)
def test_the_name_of_a_file_does_not_matter(browser_of, author, draft, name):
    assert browser_of(author).post(images_of(draft), sent(name=name)).status_code == 302

    stored = StoredFile.objects.values_list("name", flat=True)
    assert all(
        re.fullmatch(r"images/[a-z0-9]{22}-640x400-\d+\.webp", n) for n in stored
    )


def test_no_file_is_no_server_error(browser_of, author, draft):
    page = send(browser_of(author), images_of(draft), WORDS, 422)

    assert "Choose a file." in page.main.get_text()


def test_a_long_file_is_refused_and_kept_nowhere(browser_of, author, draft, settings):
    assert settings.FILE_UPLOAD_LONGEST == MOST_BYTES
    settings.FILE_UPLOAD_LONGEST = 1_000_000
    long = sent(odd_files.PNG + bytes(11_000_000))

    page = send(browser_of(author), images_of(draft), long, 422)

    assert "larger than 10 MB" in page.find(class_="error-summary").text
    assert page.textarea.get_text(strip=True) == WORDS["alt"]


def test_a_script_gets_json(browser_of, author, draft):
    browser, headers = browser_of(author), {"accept": "application/json"}

    good = browser.post(images_of(draft), sent(), headers=headers)
    bad = browser.post(images_of(draft), sent(b"words"), headers=headers)

    image = draft.images.get()
    assert good.json() == {
        "markdown": image.markdown,
        "name": image.name,
        "alt": WORDS["alt"],
    }
    assert (good.status_code, bad.status_code) == (201, 422)
    assert "not an image" in bad.json()["errors"]["image"][0]
    assert "no-store" in good.headers["Cache-Control"]


def test_a_signed_out_reader_is_led_to_sign_in(reader, draft):
    address = images_of(draft)

    assert reader.get(address).url == f"/accounts/login/?next={address}"
    assert reader.post(address, sent()).status_code == 401
    assert not Image.objects.exists()


def test_those_who_write_in_a_guide_and_nobody_else_add_pictures(
    browser_of, author, newcomer, veteran, curator, draft
):
    other = make_draft(make_guide(owner=veteran), created_by=veteran).guide
    theirs = make_draft(publish(), created_by=author).guide
    seen = make_draft(make_guide(), created_by=author)
    seen.publish(by=None)

    for person, guide, status in [
        (author, draft, 302),
        (author, theirs, 302),  # an author of a draft, who does not own the guide
        (author, seen.guide, 404),  # an author of old, who wrote what is public
        (author, other, 404),
        (newcomer, draft, 404),
        (newcomer, theirs, 404),
        (veteran, draft, 404),
        (curator, draft, 302),
        (make_user(is_staff=True), draft, 404),
    ]:
        answer = browser_of(person).post(images_of(guide), sent())
        assert answer.status_code == status, (person, guide)


def test_the_page_costs_the_same_however_many_pictures(
    browser_of, author, draft, django_assert_max_num_queries
):
    for _ in range(5):
        make_image(draft, author)
    browser = browser_of(author)

    with django_assert_max_num_queries(6):
        visit(browser, images_of(draft))


def test_whatever_stands_in_the_words_the_line_reads_them_back(author, draft):
    from tests.guides.texts import soup_of

    alt = r'A [b](c) *d* _e_ `f` \ <g> &amp; ~~h~~ ![i] "j" !'
    image = make_image(draft, author, alt=alt)

    assert soup_of(image.markdown).img["alt"] == alt
