"""A guide without fault, and what is advised when something in it changes."""

from guides.advice import Advice, advice_on

GOOD = {
    "title": "Your first week",
    "summary": "What to do and whom to ask in your first week.",
    "public_benefit": "People get help sooner.",
}


def told(body: str = "", **given: str) -> list[Advice]:
    return advice_on(**GOOD | {"body": body} | given)


def rules(body: str = "", **given: str) -> list[str]:
    return [advice.rule for advice in told(body, **given)]


def quotes(body: str, rule: str) -> list[str]:
    return [advice.quote for advice in told(body) if advice.rule == rule]
