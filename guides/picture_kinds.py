"""What kind of file somebody sent, told by its first bytes, never by its name; and what
becomes of a picture."""

import re
from dataclasses import dataclass

MOST_BYTES = 10_000_000
TOO_LARGE = "This file is larger than 10 MB. Make the image smaller and try again."

READ = ("PNG", "JPEG", "WEBP", "GIF", "AVIF")  # as Pillow calls them

SAVE_AS = "Save it as PNG or JPEG and try again."
UNKNOWN = f"This file is not an image that we can read. {SAVE_AS}"
_SIGNS = [  # what a file begins with, and what to say of it
    (rb"%PDF", "is a PDF. Save the page you need as PNG and try again."),
    (
        rb"PK\x03\x04|\xd0\xcf\x11\xe0",
        "is a document or a zip folder. Save the image in it as PNG and try again.",
    ),
    (rb"II\*\0|MM\0\*", f"is a TIFF image, which browsers cannot show. {SAVE_AS}"),
    (rb"BM", f"is a BMP image, which we do not read. {SAVE_AS}"),
    (rb"8BPS", f"is a Photoshop file. {SAVE_AS}"),
    (
        rb".{4}ftyp(heic|heix|hevc|hevx|heim|heis|mif1|msf1)",
        "is a HEIC photo, which most browsers cannot show. "
        "Save it as JPEG and try again.",
    ),
    (rb".{4}ftyp(?!avi[fs])|\x1aE\xdf\xa3", "is a film. Send a still image of it."),
]
_MARKUP = [  # what stands in the first letters of a file of words
    (rb"<svg\b", "is an SVG drawing. Save it as PNG and try again."),
    (
        rb"<!doctype html|<html\b|<head\b|<body\b|<script\b",
        "is a web page, not an image. Send an image of it as PNG.",
    ),
]
_BEGINS_AS_PICTURE = re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|RIFF", re.DOTALL)


@dataclass(frozen=True)
class Picture:
    """A checked picture: its size in pixels, and a WebP file for each width."""

    width: int
    height: int
    files: dict[int, bytes]


def words_about(given: bytes) -> str:
    """Why a file of this kind is refused; "" when it begins as a picture does."""
    start = given[:2048]
    if _BEGINS_AS_PICTURE.match(start):
        return ""
    for sign, words in _SIGNS:
        if re.match(sign, start, re.DOTALL):
            return f"This file {words}"
    for sign, words in _MARKUP:
        if re.search(sign, start, re.IGNORECASE):
            return f"This file {words}"
    return "" if start[4:8] == b"ftyp" else UNKNOWN
