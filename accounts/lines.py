"""What a line of experience may say. Pure: knows no models."""

import re

from accounts.names import clean_name, hides_letters

LONGEST_LINE = 80
# Who holds a clearance is nobody's business: to say so makes a person a target.
LEVEL = r"(?:e?dv|e?sc|ctc|bpss|nppv\W*\d?|strap\W*\d?)"
CLEARANCE = re.compile(
    rf"\b{LEVEL}\W*(?:clear(?:ed|ances?)|vett(?:ed|ing)|check(?:ed)?|level)\b"
    rf"|\bclear(?:ed|ance)\W+(?:(?:to|at|for)\W+)?(?:{LEVEL}|(?:top\W+)?secret)\b"
    r"|\b(?:security|vetting)\W*clear(?:ed|ances?)\b"
    r"|\bdeveloped\W+vett|\bcounter\W*terrorist\W+check"
    r"|\bbaseline\W+personnel\W+security"
    r"|\b(?:e?dv|bpss|nppv\W*\d?|strap\W*[1-3])\b",
    re.IGNORECASE,
)


def clean_line(line: str) -> str:
    """The line in one normal form, with single spaces."""
    return clean_name(line)


def problem_with_line(line: str) -> str:
    """Why this line cannot stand, in words for the person; "" when it can."""
    line = clean_line(line)
    if not line:
        return ""
    if len(line) > LONGEST_LINE:
        return f"Say it in fewer words: the limit is {LONGEST_LINE} letters."
    if problem := hides_letters(line):
        return problem
    if CLEARANCE.search(line):
        return "Leave out security clearance: to say who holds one puts people at risk."
    return ""
