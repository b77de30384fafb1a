"""Stand-ins for the sign-in providers of a demo; part of no other site."""

import base64
import hashlib
import time

import jwt
from django.conf import settings
from django.core import signing
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.connecting import our_own
from accounts.providers import enabled_or_404

SALT = "demo-providers"
PEOPLE = {
    "google": [
        {"id": "1", "name": "Sample Google person", "email": "google@demo.example"},
        {"id": "2", "name": "Sample Newcomer", "email": "newcomer@demo.example"},
    ],
    "twitter_oauth2": [
        {"id": "1", "name": "Sample X person", "email": "x@demo.example"},
        {"id": "2", "name": "Sample X person without an address", "email": ""},
    ],
    "facebook": [
        {"id": "1", "name": "Sample Facebook person", "email": "face@demo.example"},
        {"id": "2", "name": "Sample Facebook person without an address", "email": ""},
    ],
}


@require_http_methods(["GET", "POST"])
def authorize(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Ask which of the sample people the visitor wants to be, then send them back."""
    provider = enabled_or_404(provider_id)
    people = PEOPLE[provider_id]
    if request.method == "GET":
        context = {"provider": provider, "people": people}
        return render(request, "hub/demo_provider.html", context)
    back = our_own(request.GET.get("redirect_uri", ""))
    if not back:
        raise BadRequest("This stand-in sends people back to the demo only.")
    answer = {"state": request.GET.get("state", "")}
    chosen = request.POST.get("person")
    if chosen in {person["id"] for person in people}:
        asked = {key: request.GET.get(key) for key in ("nonce", "code_challenge")}
        answer["code"] = signing.dumps([provider_id, chosen, asked], salt=SALT)
    else:
        answer["error"] = "access_denied"
    return HttpResponseRedirect(f"{back}?{urlencode(answer)}")


@csrf_exempt
@require_POST
def token(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Give the site a token for the code, if it is the site that began."""
    try:
        code = request.POST.get("code", "")
        of, chosen, asked = signing.loads(code, salt=SALT, max_age=60)
    except signing.BadSignature:
        return JsonResponse({"error": "invalid_grant"}, status=400)
    verifier = request.POST.get("code_verifier", "").encode()
    proof = base64.urlsafe_b64encode(hashlib.sha256(verifier).digest())
    if of != provider_id or proof.rstrip(b"=").decode() != asked["code_challenge"]:
        return JsonResponse({"error": "invalid_grant"}, status=400)
    answer = {"access_token": signing.dumps([of, chosen], salt=SALT)}
    if provider_id == "google":
        answer["id_token"] = _id_token(_person(of, chosen), asked["nonce"])
    return JsonResponse(answer | {"token_type": "bearer"})


@require_safe
def me(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Tell the site who the bearer of a token is."""
    bearer = request.headers.get("Authorization", "").removeprefix("Bearer ")
    try:
        said = request.GET.get("access_token", bearer)
        person = _person(*signing.loads(said, salt=SALT, max_age=60))
    except signing.BadSignature:
        return JsonResponse({"error": "invalid_token"}, status=401)
    if provider_id == "twitter_oauth2":
        address = {"confirmed_email": person["email"]} if person["email"] else {}
        return JsonResponse({"data": person | {"username": "sample"} | address})
    return JsonResponse(person)


def _person(provider_id: str, chosen: str) -> dict[str, str]:
    return next(person for person in PEOPLE[provider_id] if person["id"] == chosen)


def _id_token(person: dict[str, str], nonce: str) -> str:
    keys = settings.SOCIALACCOUNT_PROVIDERS["google"]["APPS"][0]
    claims = {
        "iss": settings.SITE_URL,
        "aud": keys["client_id"],
        "sub": person["id"],
        "exp": int(time.time()) + 60,
        "iat": int(time.time()),
        "nonce": nonce,
        "name": person["name"],
        "email": person["email"],
        "email_verified": True,
    }
    return jwt.encode(claims, keys["secret"], "HS256")


urlpatterns = [
    path("demo/<slug:provider_id>/authorize/", authorize, name="demo-authorize"),
    path("demo/<slug:provider_id>/token/", token, name="demo-token"),
    path("demo/<slug:provider_id>/me/", me, name="demo-me"),
]
