"""Everybody can tell the words from the paper: WCAG contrast of the colours."""

import gzip
import re

import pytest
from django.conf import settings

CSS = settings.BASE_DIR / "static" / "css"
COLOUR = r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);"
TOKENS = {
    name: {"light": light, "dark": dark}
    for name, light, dark in re.findall(COLOUR, (CSS / "tokens.css").read_text())
}
TOKENS["focus"] = dict.fromkeys(("light", "dark"), "#ffd23f")
GROUNDS = ["paper", "sheet", "buff", "tag-wash"]
KINDS = ["tag-strong", "how-to", "map", "checklist", "exchange"]

# What is written on what, and the least contrast we accept: 7 for what people read at
# length, 4.5 for other words (WCAG 1.4.3), 3 for the bounds of controls (1.4.11).
PAIRS = [
    *[("ink", ground, 7) for ground in [*GROUNDS, "alert-wash", "mark"]],
    *[("ink-soft", ground, 7) for ground in GROUNDS],
    *[("tag", ground, 6) for ground in GROUNDS],
    ("tag", "paper", 7),
    ("tag", "sheet", 7),
    ("tag-strong", "tag-wash", 7),
    ("on-tag", "tag", 7),
    ("on-tag", "tag-strong", 7),
    *[("alert", ground, 6) for ground in [*GROUNDS, "alert-wash"]],
    *[("edge", ground, 3) for ground in GROUNDS],
]


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """How far two colours stand apart, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    """What `color-mix(in srgb, one share, other)` gives."""
    parts = (
        share * int(one[at : at + 2], 16) + (1 - share) * int(other[at : at + 2], 16)
        for at in (1, 3, 5)
    )
    return "#" + "".join(f"{round(part):02x}" for part in parts)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("words", "ground", "least"), PAIRS)
def test_words_and_controls_stand_out_from_their_ground(words, ground, least, mode):
    assert contrast(TOKENS[words][mode], TOKENS[ground][mode]) >= least


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_name_of_a_kind_can_be_read_on_its_pill(kind, mode):
    tone = TOKENS[kind][mode]
    pill = mixed(tone, TOKENS["paper"][mode], 0.12)
    assert contrast(tone, pill) >= 6


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_focus_ring_shows_on_every_ground(mode):
    for ground in GROUNDS:
        tones = (TOKENS["ink"][mode], TOKENS["focus"][mode])
        assert max(contrast(tone, TOKENS[ground][mode]) for tone in tones) >= 3


def test_every_colour_stands_in_the_tokens():
    others = "".join(p.read_text() for p in CSS.glob("*.css") if p.name != "tokens.css")
    assert not re.findall(r"#[0-9a-f]{3,8}\b", others.replace("%23000", ""))


def test_the_style_sheets_of_a_page_stay_small():
    # Curators and writers load one more sheet each, and so do readers of registers and
    # of the home page; readers of pathways load two.
    extra = {"admin.css", "desk.css", "home.css", "landscape.css", "pathway.css"}
    pages = [path for path in CSS.glob("*.css") if path.name not in extra]
    together = b"".join(path.read_bytes() for path in pages)
    assert len(together) <= 28 * 1024
    assert len(gzip.compress(together)) <= 8 * 1024
    assert (CSS / "desk.css").stat().st_size <= 5 * 1024
    assert (CSS / "landscape.css").stat().st_size <= 5 * 1024
    assert (CSS / "home.css").stat().st_size <= 3 * 1024
    assert all(path.read_text().count("\n") <= 150 for path in pages)
