"""Which public names a person may choose. Pure: knows no models."""

import re
import unicodedata

# Letters that show as nothing: Hangul fillers and the empty Braille cell.
FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
# Words by which a name would speak for the site.
OURS = {"admin", "administrator", "curator", "editor", "moderator", "staff"}
MARKS_A_LETTER = 5  # more is no language, but a line that runs into its neighbours


def clean_name(name: str) -> str:
    """The name in one normal form, with single spaces."""
    return unicodedata.normalize("NFC", " ".join(name.split()))


def problem_with(name: str, site_name: str) -> str:
    """Why this name cannot be used, in words for the person; "" when it can."""
    if any(unicodedata.category(letter) in {"Cc", "Cf", "Co", "Cs"} for letter in name):
        return "Use letters that can be seen: this name has hidden characters in it."
    if not any(letter.isalnum() and letter not in FILLERS for letter in name):
        return "Use at least one letter or number."
    if any(letter in FILLERS for letter in name) or _most_marks(name) > MARKS_A_LETTER:
        return "Use plain letters: some of these would not show as you mean them."
    if _speaks_for(name, site_name):
        return "Choose a name that does not sound like the people who run this site."
    return ""


def is_visible(text: str) -> bool:
    """Whether anything in a text shows as a letter, a number or a sign."""
    return any(
        unicodedata.category(letter)[0] in "LNSP" and letter not in FILLERS
        for letter in text
    )


def _speaks_for(name: str, site_name: str) -> bool:
    plain = unicodedata.normalize("NFKC", name).casefold()
    words = {word.removesuffix("s") for word in re.split(r"[\W\d_]+", plain)}
    return bool(OURS & words) or site_name.casefold() in plain


def _most_marks(name: str) -> int:
    most = run = 0
    for letter in unicodedata.normalize("NFD", name):
        run = run + 1 if unicodedata.combining(letter) else 0
        most = max(most, run)
    return most
