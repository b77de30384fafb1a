"""What readers get where an author put a picture into a text."""

import pytest

from guides.image_names import is_source, new_name, sources, widest, with_host
from guides.markdown import render_guide
from guides.sanitise import sanitise
from tests.factories import publish
from tests.guides.texts import comment_of, keys_of, soup_of
from tests.pages import visit

NAME = "a1" * 11 + "-1600x900"
LINE = f"![The way of a form](/images/{NAME})"


def test_a_browser_chooses_from_the_widths_and_keeps_room_free():
    image = soup_of(LINE).img

    assert image["src"] == f"/images/{NAME}-1600.webp"
    assert image["srcset"].split(", ") == [
        f"/images/{NAME}-{width}.webp {width}w" for width in (480, 960, 1600)
    ]
    assert (image["width"], image["height"]) == ("1600", "900")
    assert (image["loading"], image["decoding"]) == ("lazy", "async")
    assert image["alt"] == "The way of a form"
    assert "vw" in image["sizes"]


def test_words_in_quotation_marks_stand_under_the_picture():
    soup = soup_of(f'![A form](/images/{NAME} "From <b>desk</b>\nto board")')

    assert soup.figure.img["alt"] == "A form"
    assert soup.figcaption.text == "From <b>desk</b> to board"
    assert soup.figure["id"].startswith("b-")
    assert soup.p is None


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (f'See ![A](/images/{NAME} "The map") here.', "See (The map) here."),
        (f'## ![A](/images/{NAME} "The map")', "(The map)"),
        (f'[![](/images/{NAME} "The map")](/b)', "(The map)"),
        (f"[![](/images/{NAME})](/b)", "(Picture)"),
    ],
)
def test_beside_other_words_they_stand_in_brackets(typed, shown):
    soup = soup_of(typed)

    assert " ".join(soup.text.split()) == shown
    assert soup.img
    assert soup.figure is None


def test_an_escaped_letter_beside_a_picture_makes_no_figure():
    assert soup_of(f"![A](/images/{NAME})\\*").figure is None


def test_a_decoration_is_silent():
    assert soup_of(f"![](/images/{NAME})").img["alt"] == ""


@pytest.mark.parametrize(
    "address",
    [
        f"https://example.org/images/{NAME}",
        f"//example.org/images/{NAME}",
        f"/images/{NAME}-480.webp",
        f"/images/{NAME}?a",
        f"/images/../images/{NAME}",
        f"/IMAGES/{NAME}",
        "/images/short-1x1",
        f"/images/{NAME}00000",
        f"images/{NAME}",
    ],
)
def test_every_other_picture_stays_a_link(address):
    soup = soup_of(f"![A desk]({address})")

    assert soup.img is None
    assert soup.a.text == "A desk"


def test_a_comment_has_no_pictures():
    soup = comment_of(LINE)

    assert soup.img is None
    assert soup.a["href"] == f"/images/{NAME}"


def test_a_search_finds_the_words_of_a_picture(reader):
    publish(title="Forms", body=f"![A zebra crossing](/images/{NAME} 'and a horse')")

    for word in "zebra", "horse":
        assert visit(reader, f"/search/?q={word}").find("a", string="Forms"), word


def test_a_picture_keeps_its_key_when_the_text_around_it_changes():
    one = keys_of(f"One.\n\n{LINE}\n\nTwo.")
    two = keys_of(f"Other.\n\n{LINE}\n\nTwo.")

    assert one[""] == two[""]


def test_the_allow_list_lets_only_our_pictures_through():
    ours = render_guide(LINE).html
    assert sanitise(ours) == ours

    for wrong in [
        '<img src="https://example.org/a.png">',
        '<img src="//example.org/a.png">',
        '<img src="data:image/png,a">',
        f'<img srcset="/images/{NAME}-480.webp 480w, https://example.org/a 1w">',
        f'<img src="/images/{NAME}-480.webp?x">',
        '<img sizes="1px" loading="eager" decoding="sync" onerror="a" style="a">',
    ]:
        assert sanitise(wrong) == "<img>"


def test_names_are_not_to_be_guessed_and_say_the_size():
    names = {new_name(640, 400) for _ in range(100)}

    assert len(names) == 100
    assert all(is_source("src", widest(name)) for name in names)
    assert all(is_source("srcset", sources(name)) for name in names)


def test_a_long_text_gets_whole_addresses_at_once():
    text = "](" * 100_000

    assert with_host(text, "https://a.b") == text
