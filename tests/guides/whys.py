"""“Why is it like this?” blocks for tests."""

from guides.citations import Row

REGISTER = {
    ("policy", "public-money"): Row(1, "Managing Public Money"),
    ("org", "treasury"): Row(2, "The Treasury", "now the Exchequer, since 2030"),
}
TITLE = "You need approval although you have a budget"
RULE = "A budget says how much may be spent."
REASON = "- Reason: Parliament grants it, and [[policy:public-money]] binds one person."
FREELY = "- Freely: Draft the case."
WITH = "- With permission: Start work that your team agreed in writing."
NOT = "- Not at all: Split the work. [[policy:public-money|The rules forbid it]]."
ITEMS = REASON, FREELY, WITH, NOT


def block(*items: str, title: str = TITLE, rule: str = RULE) -> str:
    """A block with these items, with all of them if none is named."""
    return f"::: why {title}\n{rule}\n\n" + "\n".join(items or ITEMS) + "\n:::"
