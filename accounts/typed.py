"""Gives back what somebody typed into a form that could not be taken."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError

UNREADABLE = (OSError, RequestDataTooBig, MultiPartParserError, TooManyFieldsSent)
# What a form carries along, and what must never be shown again.
NOT_TYPED = {
    *(
        "csrfmiddlewaretoken",
        "key",
        "number",
        "version",
        "next",
        "website",
        "way",
        "process",
    ),
    *("action", "kind", "reason", "answer", "state", "credential", "code"),
    *("done", "before"),  # ticks
}


def words_of(request: HttpRequest) -> dict[str, object]:
    """For the templates that give words back: `typed`, the text of the form, and
    `also`, the other fields that somebody typed into, each with a name to read.

    Empty when the form cannot be read.
    """
    try:
        fields = request.POST.lists()
        body = request.POST.get("body", "")
    except UNREADABLE:
        return {"typed": "", "also": []}
    also = [
        (name.replace("_", " ").capitalize(), ", ".join(values))
        for name, values in fields
        if name != "body"
        and is_typed(name)
        and any(v not in ("", "on") for v in values)
    ]
    return {"typed": body, "also": also}


def is_typed(name: str) -> bool:
    """Whether a field of this name holds words to give back."""
    return name not in NOT_TYPED and "password" not in name
