"""What holds for every request and every answer."""

import unicodedata
from collections.abc import Callable
from hashlib import blake2s

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response, patch_vary_headers

Answer = Callable[[HttpRequest], HttpResponse]

SIGN_OUT = ("/accounts/logout/", "/admin/logout/")
PERSONAL = ("/accounts/", "/admin/", "/desk/", "/demo/", "/guides/new/")


# No other site may take our answers into its own pages. Django sets most of these
# on pages, but not on static files or on what it refuses before it looks.
ALWAYS = {
    "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": settings.X_FRAME_OPTIONS,
}


class ResponseHeaders:
    """What every answer says to browsers."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers that are missing."""
        response = self.get_response(request)
        if response.status_code >= 400:
            response.headers.setdefault("Cache-Control", "no-store")
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        return response


class WordedRefusal:
    """A page of ours where Django sends an empty 405."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Say in words that an address is not used by this method."""
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            response.content = render_to_string("405.html", request=request)
        return response


class RefuseJunk:
    """Addresses with bytes that no link of ours has get a worded 400.

    Later layers would raise on them: PostgreSQL refuses U+0000, for one.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Raises BadRequest for control letters and malformed UTF-8; drops cookies that
        hold such."""
        cookies = request.COOKIES.items()  # one may be of another site beside ours
        request.COOKIES = {n: v for n, v in cookies if not is_junk(n + v)}
        typed = [value for values in request.GET.lists() for value in values[1]]
        parts = [request.path, *request.GET, *(_without_blanks(t) for t in typed)]
        if any(is_junk(part) for part in parts):
            raise BadRequest("This address has characters in it that cannot be read.")
        return self.get_response(request)


class CachePolicy:
    """Says who may keep an answer.

    A signed-out reader's page is the same for everyone: any cache may keep it if it
    asks each time whether it still holds. All else is private.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add Cache-Control, Vary and ETag, and answer 304 where that is enough."""
        response = self.get_response(request)
        is_read = request.method in {"GET", "HEAD"}
        if request.path in SIGN_OUT and not is_read:
            response["Clear-Site-Data"] = '"cache", "storage"'
        if response.has_header("Cache-Control"):
            return response
        if request.path.startswith(PERSONAL) or not is_read:
            response["Cache-Control"] = "private, no-store"
        elif response.status_code in {200, 301, 410} and is_shared(request, response):
            return self._share(request, response)
        elif response.status_code >= 400:
            response["Cache-Control"] = "no-store"
        else:
            response["Cache-Control"] = "private, no-cache"
        return response

    def _share(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        seconds = settings.CDN_SECONDS
        shared = f"s-maxage={seconds}, " if seconds else ""
        response["Cache-Control"] = f"public, max-age=0, {shared}must-revalidate"
        patch_vary_headers(response, ["Accept-Encoding", "Cookie"])
        if response.status_code != 200 or response.streaming:
            return response
        etag = f'"{blake2s(response.content, digest_size=12).hexdigest()}"'
        response["ETag"] = etag
        return get_conditional_response(request, etag=etag, response=response)


def is_junk(text: str) -> bool:
    """Whether a text holds control letters or what stands for malformed bytes."""
    return any(
        letter == "\ufffd" or unicodedata.category(letter) in {"Cc", "Cs"}
        for letter in text
    )


def _without_blanks(text: str) -> str:
    # A tab or a line end comes with words that are pasted into a search.
    return text.translate({9: " ", 10: " ", 13: " "})


def is_shared(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether everybody gets this answer: no cookie came that may change it, and
    none goes out."""
    ours = set(request.COOKIES) - {settings.CSRF_COOKIE_NAME}
    return not ours and not response.cookies
