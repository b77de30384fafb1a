"""What people read when signing in at a provider did not work."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@dataclass(frozen=True)
class Trouble:
    """One thing that can go wrong; {name} stands for the provider."""

    status: int
    title: str
    explanation: str
    can_try_again: bool = True


REFUSED = Trouble(
    200,
    "You did not sign in with {name}",
    "You said no at {name}, or {name} did not let you in. That is fine: there are "
    "other ways.",
)
STALE = Trouble(
    400,
    "This sign-in is too old or was used before",
    "A sign-in with {name} works once, for ten minutes, in the browser in which it "
    "began. Start it again.",
)
NO_SENSE = Trouble(
    502,
    "{name} did not answer as it should",
    "We asked {name} who you are, and got no answer that we can use. It may work in "
    "a few minutes.",
)
SUSPENDED = Trouble(
    403,
    "This account is suspended",
    "Nobody can sign in to it for now. If you think that this is a mistake, ask us.",
    can_try_again=False,
)


def trouble_page(
    request: HttpRequest, provider, trouble: Trouble, next_url: str = ""
) -> HttpResponse:
    """A plain page that says what happened, with ways on."""
    context = {
        "provider": provider,
        "trouble": trouble,
        "title": trouble.title.format(name=provider.name),
        "explanation": trouble.explanation.format(name=provider.name),
        "next": next_url,
    }
    template = "socialaccount/authentication_error.html"
    return render(request, template, context, status=trouble.status)
