"""Which public names a person may choose. Pure: knows no models."""

import re
import unicodedata

from accounts.lookalikes import skeleton

# Letters that show as nothing: Hangul fillers and the empty Braille cell.
FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
# Words by which a name would speak for the site, or for those who govern.
OURS = {
    *("admin", "administrator", "curator", "editor", "govuk", "moderator"),
    *("official", "staff", "support", "webmaster"),
}
RESERVED_HANDLES = OURS | {f"{word}s" for word in OURS} | {"edit", "me", "new"}
MARKS_A_LETTER = 5  # more is no language, but a line that runs into its neighbours
# Scripts that one word of one language is written in together.
EAST_ASIAN = {"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"}


def clean_name(name: str) -> str:
    """The name in one normal form, with single spaces."""
    return unicodedata.normalize("NFC", " ".join(name.split()))


def problem_with(name: str, site_name: str) -> str:
    """Why this name cannot be used, in words for the person; "" when it can."""
    if problem := hides_letters(name):
        return problem
    if any(len(_scripts(word)) > 1 for word in re.findall(r"\w+", name)):
        return "Use letters of one alphabet in a word: some of these look alike."
    if _speaks_for(name, site_name):
        return "Choose a name that does not sound like the people who run this site."
    return ""


def hides_letters(line: str) -> str:
    """Why this line would not show as it was meant; "" when it does."""
    if any(unicodedata.category(letter) in {"Cc", "Cf", "Co", "Cs"} for letter in line):
        return "Use letters that can be seen: there are hidden characters in this."
    if not any(letter.isalnum() and letter not in FILLERS for letter in line):
        return "Use at least one letter or number."
    if any(letter in FILLERS for letter in line) or _most_marks(line) > MARKS_A_LETTER:
        return "Use plain letters: some of these would not show as you mean them."
    return ""


def is_visible(text: str) -> bool:
    """Whether anything in a text shows as a letter, a number or a sign."""
    return any(
        unicodedata.category(letter)[0] in "LNSP" and letter not in FILLERS
        for letter in text
    )


def _speaks_for(name: str, site_name: str) -> bool:
    plain = unicodedata.normalize("NFKC", name).casefold().replace("gov.uk", "govuk")
    alike = skeleton(plain)
    ours = {skeleton(word) for word in OURS}
    for text, words in (plain, OURS), (alike, ours):
        if words & {word.removesuffix("s") for word in re.split(r"[\W\d_]+", text)}:
            return True
    return skeleton(site_name) in alike


def _scripts(word: str) -> set[str]:
    """The alphabets that the letters of a word come from, by their Unicode names."""
    letters = unicodedata.normalize("NFKC", word)
    names = [
        re.split(r"[ -]", unicodedata.name(letter, ""))[0]
        for letter in letters
        if unicodedata.category(letter) in {"Lu", "Ll", "Lt", "Lo"}
    ]
    return {"CJK" if name in EAST_ASIAN else name for name in names}


def _most_marks(name: str) -> int:
    most = run = 0
    for letter in unicodedata.normalize("NFD", name):
        run = run + 1 if unicodedata.combining(letter) else 0
        most = max(most, run)
    return most
