"""Words for what the registers hold, put together. Pure."""

from collections.abc import Iterable


def and_(names: Iterable[str]) -> str:
    """Names in a row: A, B and C."""
    *first, last = [*names] or [""]
    return f"{', '.join(first)} and {last}" if first else last


def in_part(steps: Iterable[tuple[str, str]]) -> str:
    """What a policy holds no more for, and what it still holds for; "" when nothing of
    it is left. steps: for what each that replaces it does so, and for what the old one
    still holds."""
    steps = list(steps)
    left = dict.fromkeys(still for _, still in steps if still)
    # What replaces it without a limit leaves nothing.
    if not left or not all(scope for scope, _ in steps):
        return ""
    gone = dict.fromkeys(scope for scope, _ in steps)
    return f"holds no more {and_(gone)}, but still holds {and_(left)}"
