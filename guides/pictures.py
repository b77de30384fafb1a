"""A picture that somebody sent becomes a few files that every page may show.

Nothing of the file goes on but its first frame's pixels: they are decoded, turned
upright, brought to sRGB and written anew. So places (GPS), names, comments, profiles
and whatever was hidden before, within or behind the picture are gone.

The files are WebP alone. Every browser of the last five years shows it (Safari since
2020, the last to learn it), so a second format would only double what is stored.
AVIF would save a fifth of the bytes at ten times the work.
"""

from io import BytesIO
from threading import BoundedSemaphore

from django.core.exceptions import ValidationError
from PIL import Image, ImageCms

from guides import image_names
from guides.picture_kinds import (
    MOST_BYTES,
    READ,
    SAVE_AS,
    TOO_LARGE,
    UNKNOWN,
    Picture,
    words_about,
)

MOST_PIXELS = 40_000_000
LEAST_SIDE = 16  # pixels: less is no picture but a trace of who reads
LONGEST_SHAPE = 20  # times as long as wide
QUALITY = 80
MOST_COLOURS = 65_536  # of a drawing or a screen, which may be smaller without loss
PATIENCE = 10  # seconds to wait while other pictures are prepared
Image.MAX_IMAGE_PIXELS = MOST_PIXELS

DAMAGED = f"This image is damaged or not complete. Open it. {SAVE_AS}"
BUSY = "Other images are being prepared. Wait a minute, then send yours again."

ORIENTATION = 0x0112  # the tag in EXIF 2.32, section 4.6.4
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
LYING = {5, 6, 7, 8}
SRGB = ImageCms.createProfile("sRGB")
# A decoded picture takes up to 320 MB, so a process prepares one at a time.
_one_at_a_time = BoundedSemaphore(1)


def prepare(given: bytes) -> Picture:
    """The picture in a file of at most MOST_BYTES bytes.

    Raises ValidationError, in words for whoever sent it, when it is no picture that
    can be shown.
    """
    if not given:
        raise ValidationError("This file is empty. Choose it again.")
    if len(given) > MOST_BYTES:
        raise ValidationError(TOO_LARGE)
    if words := words_about(given):
        raise ValidationError(words)
    if not _one_at_a_time.acquire(timeout=PATIENCE):
        raise ValidationError(BUSY)
    try:
        widest = _in_srgb(_read(given))
        return Picture(*widest.size, _files(widest))
    finally:
        _one_at_a_time.release()


def _read(given: bytes) -> Image.Image:
    """The first frame, upright, no larger than any page shows it."""
    image = _open(given)
    _check_shape(*image.size)
    try:
        turned = image.getexif().get(ORIENTATION)
        image = _with_plain_pixels(image)
        box = (image_names.WIDEST, image_names.TALLEST)
        image.thumbnail(box[::-1] if turned in LYING else box, reducing_gap=3.0)
        image.load()
    except Exception as error:  # decoders raise anything over what is broken
        raise ValidationError(DAMAGED) from error
    return image.transpose(UPRIGHT[turned]) if turned in UPRIGHT else image


def _open(given: bytes) -> Image.Image:
    """The picture with its head read and its pixels not yet."""
    try:
        return Image.open(BytesIO(given), formats=READ)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(_too_many()) from error
    except Image.UnidentifiedImageError as error:
        is_known = words_about(given) == "" and given[4:8] != b"ftyp"
        raise ValidationError(DAMAGED if is_known else UNKNOWN) from error
    except Exception as error:
        raise ValidationError(DAMAGED) from error


def _check_shape(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise ValidationError(_too_many())
    size = f"This image is {width:,} by {height:,} pixels"
    if min(width, height) < LEAST_SIDE:
        raise ValidationError(f"{size}: too small to be seen. Send a larger one.")
    if max(width, height) > LONGEST_SHAPE * min(width, height):
        words = "too long and thin to be seen. Cut it into parts and send each."
        raise ValidationError(f"{size}: {words}")


def _too_many() -> str:
    most = MOST_PIXELS // 1_000_000
    return (
        f"This image has more than {most} million pixels. "
        "Make it smaller and try again."
    )


def _with_plain_pixels(image: Image.Image) -> Image.Image:
    """Without a palette or more than eight bits, which cannot be made smaller well."""
    if image.mode.startswith("I"):  # convert() would make all but the darkest white
        image = image.point(lambda value: value * (1 / 256)).convert("L")
    elif image.mode in {"1", "P", "PA"} or "transparency" in image.info:
        profile = image.info.get("icc_profile")
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
        image.info["icc_profile"] = profile
    return image


def _in_srgb(image: Image.Image) -> Image.Image:
    """With the colours that every screen shows, and nothing beside them."""
    mode = "RGBA" if image.has_transparency_data else "RGB"
    profile = image.info.get("icc_profile")
    plain = None
    if profile and image.mode != "LA":
        try:
            own = ImageCms.ImageCmsProfile(BytesIO(profile))
            plain = ImageCms.profileToProfile(image, own, SRGB, outputMode=mode)
        except (ImageCms.PyCMSError, OSError, ValueError):
            plain = None  # a profile that does not fit says nothing
    plain = plain or image.convert(mode)
    plain.info = {}  # what a writer might take along
    return plain


def _files(widest: Image.Image) -> dict[int, bytes]:
    return {
        width: _webp(_narrowed(widest, width))
        for width in image_names.widths_of(widest.width)
    }


def _narrowed(image: Image.Image, width: int) -> Image.Image:
    if width == image.width:
        return image
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS)


def _webp(image: Image.Image) -> bytes:
    written = _written(image, lossless=False)
    if image.getcolors(MOST_COLOURS):
        written = min(written, _written(image, lossless=True), key=len)
    return written


def _written(image: Image.Image, *, lossless: bool) -> bytes:
    file = BytesIO()
    image.save(file, "WEBP", quality=QUALITY, method=4, lossless=lossless)
    return file.getvalue()
