"""Files that are no pictures, or more than pictures: refused in words, or cleaned."""

import io
import re
from threading import Thread

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from guides import pictures
from guides.pictures import prepare
from tests.guides import odd_files
from tests.guides.odd_files import BLUE, CLEANED, GREEN, RED, REFUSED, drawing, written
from tests.guides.texts import fuzzed, within


def shown(given: bytes) -> Image.Image:
    """The widest file that is made of a file."""
    return Image.open(io.BytesIO(prepare(given).files[prepare(given).width]))


def is_near(pixel, colour, by: int = 24) -> bool:
    return all(abs(a - b) <= by for a, b in zip(pixel, colour, strict=False))


def corners(image: Image.Image) -> list[tuple[int, ...]]:
    """Left above, right above, right below."""
    width, height = image.size
    places = [(0.2, 0.2), (0.8, 0.2), (0.8, 0.8)]
    return [image.getpixel((int(x * width), int(y * height))) for x, y in places]


def chunks_of(webp: bytes) -> set[bytes]:
    """The kinds of parts that a WebP file has."""
    found, place = set(), 12
    while place < len(webp):
        found.add(webp[place : place + 4])
        length = int.from_bytes(webp[place + 4 : place + 8], "little")
        place += 8 + length + length % 2
    return found


# Where warnings are no errors, as on a real site, Pillow lets twice as many pixels in.
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_picture_to_show_is_refused_in_words(name):
    sent, words = REFUSED[name]

    with pytest.raises(ValidationError, match=re.escape(words)) as caught, within(20):
        prepare(sent)

    assert caught.value.messages[0].endswith(".")


def test_the_words_say_what_to_do():
    with pytest.raises(ValidationError) as caught:
        prepare(odd_files.SVG)

    words = "This file is an SVG drawing. Save it as PNG and try again."
    assert caught.value.messages == [words]


@pytest.mark.parametrize("name", CLEANED)
def test_only_the_pixels_of_a_picture_go_on(name):
    picture = prepare(CLEANED[name])

    for width, content in picture.files.items():
        assert chunks_of(content) <= {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}
        assert b"hidden-words" not in content
        assert content[:4] + content[8:12] == b"RIFFWEBP"
        image = Image.open(io.BytesIO(content))
        assert (image.width, image.n_frames) == (width, 1)
        assert not image.getexif()
        corner = corners(image.convert("RGB"))
        assert is_near(corner[0], RED), corner
        assert is_near(corner[1], GREEN)
        assert is_near(corner[2], BLUE)


def test_what_is_to_be_hidden_is_really_in_the_files():
    for name in CLEANED:
        if name.startswith("a place"):
            image = Image.open(io.BytesIO(CLEANED[name]))
            assert image.getexif().get_ifd(0x8825)[1] == "N"
        if name.startswith(("a script", "a page")):
            assert odd_files.SECRET in CLEANED[name]


@pytest.mark.parametrize("turned", range(1, 9))
def test_a_photo_stands_upright(turned):
    camera = {1: None, **pictures.UPRIGHT}[turned]
    back = {6: pictures.UPRIGHT[8], 8: pictures.UPRIGHT[6]}.get(turned, camera)
    image = drawing(size=(800, 480))
    lying = image.transpose(back) if back is not None else image
    sent = written(lying, "JPEG", quality=95, exif=odd_files.exif(turned=turned))

    upright = shown(sent)

    assert upright.size == (800, 480)
    for pixel, colour in zip(corners(upright), (RED, GREEN, BLUE), strict=True):
        assert is_near(pixel, colour)


def test_a_large_photo_that_lies_is_as_wide_as_one_that_stands():
    lying = drawing(size=(2400, 3200)).transpose(pictures.UPRIGHT[8])
    sent = written(lying, "JPEG", exif=odd_files.exif(turned=6))

    assert shown(sent).size == (1600, 2133)


def test_a_picture_comes_in_three_widths_and_never_larger_than_it_was():
    assert list(prepare(written(drawing(size=(3200, 1800)), "PNG")).files) == [
        *(480, 960, 1600)
    ]
    assert list(prepare(written(drawing(size=(1000, 500)), "PNG")).files) == [480, 1000]
    assert list(prepare(written(drawing(size=(100, 60)), "PNG")).files) == [100]


def test_a_very_tall_screen_is_made_shorter():
    assert shown(written(drawing(size=(1200, 9600)), "PNG")).size == (600, 4800)


def test_sixteen_bits_keep_their_greys():
    image = shown(odd_files.grey_of_sixteen_bits()).convert("L")

    greys = [image.getpixel((x, 30)) for x in (8, 24, 40, 56)]
    assert all(
        abs(a - b) <= 3 for a, b in zip(greys, (0, 64, 192, 255), strict=True)
    ), greys


def test_what_is_clear_stays_clear():
    image = shown(odd_files.clear_palette())
    assert image.getpixel((60, 10))[3] == 0
    assert image.getpixel((10, 10))[3] == 255

    image = shown(odd_files.HALF_CLEAR)
    assert 100 < image.getpixel((10, 30))[3] < 160


def test_colours_of_another_profile_become_those_of_every_screen():
    """The profile swaps the colours, as one for another screen shifts them."""
    sent = odd_files.with_strange_profile()

    assert not is_near(corners(shown(sent))[0], RED, by=40)
    assert b"ICCP" not in chunks_of(prepare(sent).files[80])


@pytest.mark.parametrize("profile", [b"nonsense", b"\0" * 200])
def test_a_profile_that_says_nothing_is_passed_over(profile):
    sent = written(drawing(), "PNG", icc_profile=profile)

    assert is_near(corners(shown(sent))[0], RED)
    assert b"ICCP" not in chunks_of(prepare(sent).files[80])


def test_a_photo_takes_far_less_than_it_was():
    photo = Image.effect_noise((2400, 1600), 20).convert("RGB")

    files = prepare(written(photo, "PNG")).files

    assert len(files[1600]) < 600_000
    assert len(files[480]) < 60_000


@fuzzed
@given(st.sampled_from(sorted(CLEANED)), st.integers(0, 400), st.binary(max_size=9))
def test_no_damage_is_a_server_error(name, place, damage):
    whole = CLEANED[name]
    if len(whole) > 100_000:
        return
    sent = whole[:place] + damage + whole[place + len(damage) :]
    try:
        prepare(sent)
    except ValidationError as error:
        assert error.messages


def test_a_picture_waits_while_another_is_prepared(monkeypatch):
    monkeypatch.setattr(pictures, "PATIENCE", 0.05)
    raised = []

    def send():
        try:
            prepare(odd_files.PNG)
        except ValidationError as error:
            raised.append(error.messages)

    with pictures._one_at_a_time:
        waiting = Thread(target=send)
        waiting.start()
        waiting.join()
    send()

    assert raised == [[pictures.BUSY]]
