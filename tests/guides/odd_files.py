"""Files that somebody sent to do harm, by mistake, or from an unusual program."""

import io
import struct
import zipfile
import zlib

from PIL import Image, ImageCms, ImageDraw
from PIL.PngImagePlugin import PngInfo

SECRET = b"<?php system('hidden-words') ?>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">'
SVG += b"<script>alert(1)</script></svg>"
GPS = {1: "N", 2: (51.0, 30.0, 12.0), 3: "W", 4: (0.0, 7.0, 39.0)}
SRGB = ImageCms.createProfile("sRGB")
RED, GREEN, BLUE = (200, 30, 30), (30, 160, 60), (30, 60, 200)


def drawing(mode: str = "RGB", size: tuple[int, int] = (80, 60)) -> Image.Image:
    """Red left above, green right above, blue below."""
    image = Image.new("RGB", size, BLUE)
    pen, (width, height) = ImageDraw.Draw(image), size
    pen.rectangle((0, 0, width // 2 - 1, height // 2 - 1), RED)
    pen.rectangle((width // 2, 0, width, height // 2 - 1), GREEN)
    return image.convert(mode)


def written(image: Image.Image, kind: str, **given) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **given)
    return file.getvalue()


def chunk(kind: bytes, content: bytes) -> bytes:
    """A part of a PNG: its length, its kind, itself and a sum over it."""
    sum_over = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + sum_over


def with_chunk(png: bytes, kind: bytes, content: bytes) -> bytes:
    """A PNG with one more part after its head, which takes 33 bytes."""
    return png[:33] + chunk(kind, content) + png[33:]


def png_of(width: int, height: int) -> bytes:
    """A small file that says it holds an image of this size."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(99)))


def exif(**given) -> Image.Exif:
    """What a camera writes: where, how turned, who, and a comment."""
    tags = Image.Exif()
    tags[0x0112] = given.get("turned", 1)
    tags[0x013B] = "Sample Photographer"
    tags[0x9286] = SECRET
    tags.get_ifd(0x8825).update(GPS)
    return tags


def zip_of(name: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, SECRET)
    return file.getvalue()


PNG, JPEG = written(drawing(), "PNG"), written(drawing(), "JPEG", quality=95)
LARGE = written(Image.effect_noise((700, 500), 80).convert("RGB"), "PNG")
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200)

# What is sent, and a piece of what the person reads.
REFUSED = {
    "an SVG with a script": (SVG, "is an SVG drawing"),
    "an SVG without a head": (SVG[21:], "is an SVG drawing"),
    "an SVG after blanks": (b"\xef\xbb\xbf \n" + SVG, "is an SVG drawing"),
    "a web page": (b"<!DOCTYPE html><script>alert(1)</script>", "is a web page"),
    "a bare script": (b"<script src=//x></script>", "is a web page"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3", "is a PDF"),
    "a Word file": (zip_of("word/document.xml"), "is a document"),
    "an old Word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is a document"),
    "a HEIC photo": (HEIC, "is a HEIC photo"),
    "a film": (b"\0\0\0\x18ftypmp42" + bytes(99), "is a film"),
    "a TIFF": (written(drawing(), "TIFF"), "is a TIFF"),
    "a BMP": (written(drawing(), "BMP"), "is a BMP"),
    "an icon": (written(drawing(), "ICO"), "not an image that we can read"),
    "a program": (b"\x7fELF" + bytes(99), "not an image that we can read"),
    "words": (b"just words", "not an image that we can read"),
    "nothing": (b"", "is empty"),
    "one byte": (b"\x89", "not an image that we can read"),
    "a PNG's first line": (PNG[:8], "damaged"),
    "half a PNG": (LARGE[: len(LARGE) // 2], "damaged"),
    "half a JPEG": (JPEG[: len(JPEG) // 2], "damaged"),
    "half a WebP": (written(drawing(), "WEBP")[:40], "damaged"),
    "a GIF's head": (written(drawing("P"), "GIF")[:20], "damaged"),
    "an AVIF's head": (written(drawing(), "AVIF")[:60], "not an image"),
    "a PNG with wrong sums": (PNG[:60] + b"\0\0" + PNG[62:], "damaged"),
    "a WAV sound": (b"RIFF\x24\0\0\0WAVEfmt " + bytes(20), "damaged"),
    "50 million pixels": (png_of(10_000, 5_000), "more than 40 million pixels"),
    "a bomb": (png_of(60_000, 60_000), "more than 40 million pixels"),
    "1 by 1": (written(Image.new("L", (1, 1)), "PNG"), "1 by 1 pixels: too small"),
    "1 by 20,000": (png_of(1, 20_000), "1 by 20,000 pixels: too small"),
    "20 by 20,000": (png_of(20, 20_000), "too long and thin"),
    "11 MB": (PNG + bytes(11_000_000), "larger than 10 MB"),
    "a bomb of words": (
        with_chunk(PNG, b"zTXt", b"k\0\0" + zlib.compress(bytes(80_000_000))),
        "damaged",
    ),
}

_text = PngInfo()
_text.add_text("Comment", SECRET.decode(), zip=True)
_frames = [drawing(), Image.new("RGB", (80, 60), "black")]
_film = {"save_all": True, "append_images": _frames[1:], "duration": 100}
_clear = drawing("RGBA")
_clear.putalpha(Image.linear_gradient("L").resize((80, 60)))
_comment = {"exif": exif(), "comment": SECRET}

# What is cleaned: each shows the drawing, and nothing else of it goes on.
CLEANED = {
    "a PNG": PNG,
    "a JPEG": JPEG,
    "a WebP": written(drawing(), "WEBP", quality=95),
    "an AVIF": written(drawing(), "AVIF", quality=95),
    "a GIF": written(drawing("P"), "GIF"),
    "a zip after a PNG": PNG + zip_of("a.php"),
    "a page after a PNG": PNG + b"<html>" + SECRET,
    "a script after a JPEG": JPEG + SECRET,
    "a script after a GIF": written(drawing("P"), "GIF") + SECRET,
    "words in a PNG": written(drawing(), "PNG", pnginfo=_text),
    "a script in a PNG's own chunk": with_chunk(PNG, b"prVt", SECRET),
    "a place in a JPEG": written(drawing(), "JPEG", quality=95, **_comment),
    "a place in a PNG": written(drawing(), "PNG", exif=exif()),
    "a place in a WebP": written(drawing(), "WEBP", exif=exif(), xmp=SECRET),
    "a place in an AVIF": written(drawing(), "AVIF", exif=exif(), quality=95),
    "a CMYK JPEG": written(drawing("CMYK"), "JPEG", quality=95),
    "a moving GIF": written(_frames[0], "GIF", **_film),
    "a moving WebP": written(_frames[0], "WEBP", quality=95, **_film),
    "a moving PNG": written(_frames[0], "PNG", **_film),
    "few colours": written(drawing().quantize(8), "PNG"),
    "many pixels": written(drawing(size=(6_400, 4_800)), "PNG"),
    "a long comment": JPEG[:2] + b"\xff\xfe\xff\xff" + bytes(65_533) + JPEG[2:],
    "lines one by one": written(drawing(), "JPEG", quality=95, progressive=True),
}


def with_strange_profile() -> bytes:
    """A picture whose profile says that its red is green and the other way round."""
    profile = bytearray(ImageCms.ImageCmsProfile(SRGB).tobytes())
    red, green = (profile.index(name, 128) + 4 for name in (b"rXYZ", b"gXYZ"))
    places = profile[red : red + 4], profile[green : green + 4]
    profile[red : red + 4], profile[green : green + 4] = reversed(places)
    return written(drawing(), "PNG", icc_profile=bytes(profile))


def grey_of_sixteen_bits() -> bytes:
    """Black, a dark and a light grey, white, each with 16 bits."""
    row = b"".join(struct.pack("<H", grey) * 16 for grey in (0, 0x4000, 0xC000, 0xFFFF))
    return written(Image.frombytes("I;16", (64, 64), row * 64), "PNG")


def clear_palette() -> bytes:
    """Few colours, one of them not there."""
    image = drawing().quantize(4)
    return written(image, "PNG", transparency=image.getpixel((60, 10)))


HALF_CLEAR = written(_clear, "PNG")
