"""What the name of a picture says. Pure: a text is rendered without the database.

A name is 22 letters and digits that nobody can guess, and the size in CSS pixels of
the widest file: `k3n…-1600x900`. Each file is the name and its own width:
`/images/k3n…-1600x900-480.webp`.
"""

import re
import secrets
import string

WIDEST, TALLEST = 1600, 4800  # pixels: twice the measure of a text, six screens
WIDTHS = (480, 960, WIDEST)
FOLDER = "/images/"
ALPHABET = string.ascii_lowercase + string.digits
LETTERS = 22  # of 36 kinds: 113 bits
NAME = rf"[a-z0-9]{{{LETTERS}}}-[1-9][0-9]{{0,3}}x[1-9][0-9]{{0,3}}"
SIZES = "(min-width: 48rem) 43rem, 92vw"  # how wide a text stands on the page

_name = re.compile(NAME)
_address = re.compile(rf"{FOLDER}({NAME})")
_file = rf"{FOLDER}{NAME}-[0-9]{{1,4}}\.webp"
_source = re.compile(_file)
_sources = re.compile(rf"{_file} [0-9]{{1,4}}w(, {_file} [0-9]{{1,4}}w)*")
_target = re.compile(rf"(?<=\]\(){FOLDER}({NAME})(?=[ )])")


def new_name(width: int, height: int) -> str:
    """A name for a picture whose widest file has this size."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LETTERS))
    return f"{letters}-{width}x{height}"


def name_in(address: str) -> str:
    """The name in the address of a picture of ours; "" for every other address."""
    found = _address.fullmatch(address)
    return found[1] if found else ""


def size_of(name: str) -> tuple[int, int]:
    """Width and height of the widest file."""
    width, height = name.rpartition("-")[2].split("x")
    return int(width), int(height)


def widths_of(width: int) -> list[int]:
    """The widths of the files, narrowest first; none is wider than the picture, and
    none so near to it that it would save nothing."""
    return [narrow for narrow in WIDTHS if narrow * 1.25 <= width] + [width]


def address_of(name: str, width: int) -> str:
    """Where browsers find a file."""
    return f"{FOLDER}{name}-{width}.webp"


def widest(name: str) -> str:
    """Where browsers find the widest file."""
    return address_of(name, size_of(name)[0])


def sources(name: str) -> str:
    """Every file with its width, for browsers to choose from."""
    widths = widths_of(size_of(name)[0])
    return ", ".join(f"{address_of(name, width)} {width}w" for width in widths)


def is_source(attribute: str, value: str) -> bool:
    """Whether `src` or `srcset` names only pictures of ours."""
    pattern = _source if attribute == "src" else _sources
    return bool(pattern.fullmatch(value))


def with_host(markdown: str, site: str) -> str:
    """The text for elsewhere: its pictures with their whole addresses."""
    return _target.sub(lambda found: site + widest(found[1]), markdown)
