"""Whatever a provider, or somebody in its name, sends: no session, no tie, a page."""

import json
import logging

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from accounts.models import User
from tests.factories import make_user
from tests.mailbox import free_port
from tests.pages import check
from tests.providers import (
    DRIP,
    NAMES,
    SLOW,
    StandIn,
    asked,
    leave,
    local,
    running,
    sign_in,
)

HTML = (200, b"<html><body>Down for repair</body></html>", "text/html")
SAYS = {  # anything but what a provider should say, at either of its two doors
    "HTML": HTML,
    "HTML that calls itself JSON": (200, HTML[1]),
    "nothing": (200, b""),
    "half of it": (200, b'{"id": "7"'),
    "a list": (200, b"[]"),
    "null": (200, b"null"),
    "a number": (200, b"7"),
    "a word": (200, b'"yes"'),
    "an empty object": (200, b"{}"),
    "deep nesting": (200, b"[" * 60_000),
    "bytes that are no text": (200, b"\xff\xfe\x00"),
    "no end": (200, b'{"id": "' + b"7" * 5_000_000 + b'"}'),
    "400": (400, b'{"error": "invalid_grant"}'),
    "401": (401, b'{"error": "invalid_client"}'),
    "429": (429, b""),
    "500": (500, b"oops", "text/plain"),
    "a redirect": (302, b""),
}
TOKENS = {
    "no token": {},
    "a token that is a number": {"access_token": 7},
    "a token that is null": {"access_token": None},
    "a time that is a word": {"access_token": "a", "expires_in": "soon"},
    "a time past counting": {"access_token": "a", "expires_in": 10**30},
    "no id_token": {"access_token": "a"},
    "an id_token of one part": {"access_token": "a", "id_token": "a"},
    "an id_token that is null": {"access_token": "a", "id_token": None},
    "an id_token of junk": {"access_token": "a", "id_token": "a.b.c"},
}
CLAIMS = {
    "another issuer": {"iss": "https://evil.example"},
    "no issuer": {"iss": None},
    "another audience": {"aud": "another-site"},
    "no audience": {"aud": None},
    "an old one": {"exp": 1},
    "no nonce": {"nonce": None},
    "another nonce": {"nonce": "of another visit"},
    "a nonce that is a list": {"nonce": []},
    "nobody": {"sub": None},
    "an empty name": {"sub": ""},
    "a name that is a number": {"sub": 7},
    "a name of control letters": {"sub": "a\x00b"},
    "a name too long": {"sub": "7" * 300},
    "a time that is a word": {"exp": "tomorrow"},
    "no end": {"exp": None},
}
PERSONS = {
    "nobody": {},
    "null": {"id": None},
    "a number": {"id": 7},
    "a list": {"id": ["7"]},
    "nothing in it": {"id": ""},
    "control letters": {"id": "a\x00b"},
    "far too long": {"id": "7" * 300},
}
TALKATIVE = ["twitter_oauth2", "facebook"]  # they are asked a second question


@pytest.fixture(params=NAMES)
def stand_in(request, settings):
    """Each provider in turn, where Sam signs in."""
    sam = {"name": "Sam", "email": "sam@example.org", "email_verified": True}
    key = "sub" if request.param == "google" else "id"
    with running(settings, StandIn(request.param, **sam, **{key: "7"})) as found:
        yield found[request.param]


@pytest.fixture
def google(settings):
    """A Google whose words can be changed."""
    with running(settings, StandIn("google", sub="7", name="Sam")) as found:
        yield found["google"]


def check_refused(browser, answer, status):
    """A page with a way on, and nothing else has happened."""
    page = check(answer, status)
    assert "_auth_user_id" not in browser.session
    assert "socialaccount_sociallogin" not in browser.session
    assert not User.objects.exists()
    assert not SocialAccount.objects.exists()
    assert "Nothing was posted, and your words are kept" in page.main.get_text()
    assert page.select_one('main a[href^="/accounts/login/"]')
    return page


@pytest.mark.parametrize("says", SAYS)
def test_a_token_door_that_says_something_else(reader, stand_in, says):
    stand_in.answers["token"] = SAYS[says]
    answer = sign_in(reader, stand_in, "/guides/?q=a")
    page = check_refused(reader, answer, 502)

    assert page.select_one('main a[href="/guides/?q=a"]')


@pytest.mark.parametrize("stand_in", TALKATIVE, indirect=True)
@pytest.mark.parametrize("says", SAYS)
def test_a_profile_door_that_says_something_else(reader, stand_in, says):
    stand_in.answers["me"] = SAYS[says]

    check_refused(reader, sign_in(reader, stand_in), 502)


@pytest.mark.parametrize("says", TOKENS)
def test_a_token_of_another_shape(reader, google, says):
    google.answers["token"] = (200, json.dumps(TOKENS[says]).encode())

    check_refused(reader, sign_in(reader, google), 502)


@pytest.mark.parametrize("claims", CLAIMS)
def test_an_id_token_that_is_not_for_us_now(reader, google, claims):
    google.claims = CLAIMS[claims]

    check_refused(reader, sign_in(reader, google), 502)


@pytest.mark.parametrize("stand_in", TALKATIVE, indirect=True)
@pytest.mark.parametrize("person", PERSONS)
def test_a_profile_that_names_nobody(reader, stand_in, person):
    stand_in.person = PERSONS[person]

    check_refused(reader, sign_in(reader, stand_in), 502)


@pytest.mark.parametrize("stand_in", NAMES, indirect=True)
@pytest.mark.parametrize("how", [SLOW, DRIP], ids=["silent", "dripping"])
@pytest.mark.parametrize("door", ["token", "me"])
def test_a_provider_that_takes_its_time(reader, settings, stand_in, how, door):
    if (stand_in.id, door) == ("google", "me"):
        door = "token"
    settings.SOCIALACCOUNT_REQUESTS_TIMEOUT = (0.1, 0.2)
    stand_in.answers[door] = how
    answer = sign_in(reader, stand_in)

    check_refused(reader, answer, 502)


def test_both_questions_together_are_given_up_within_ten_seconds(settings):
    assert 2 * sum(settings.SOCIALACCOUNT_REQUESTS_TIMEOUT) < 10


@pytest.mark.parametrize("door", ["ACCESS_TOKEN_URL", "PROFILE_URL"])
def test_a_provider_that_is_not_there(reader, settings, stand_in, door):
    if stand_in.id == "google":
        door = "ACCESS_TOKEN_URL"
    chosen = settings.SOCIALACCOUNT_PROVIDERS[stand_in.id]
    chosen[door] = f"http://127.0.0.1:{free_port()}/"

    check_refused(reader, sign_in(reader, stand_in), 502)


def test_who_refuses_at_the_provider_may_go_another_way(reader, stand_in):
    stand_in.refuses = True
    page = check_refused(reader, sign_in(reader, stand_in, "/guides/?q=a"), 200)

    name = NAMES[stand_in.id].split()[0]
    again = page.find("a", string=f"Try {name} again")
    assert page.h1.get_text() == f"You did not sign in with {name}"
    assert again["href"].endswith("?next=%2Fguides%2F%3Fq%3Da")


@pytest.mark.parametrize(
    "query",
    [
        *("", "code=a", "error=access_denied", "error=server_error"),
        *("state=", "state=wrong", "code=a&state=wrong", "state=a&state=b&code=a"),
        *("state=%F0%9F%98%80&code=a", f"code=a&state={'a' * 5000}"),
    ],
)
def test_a_state_that_nobody_gave(reader, stand_in, query):
    leave(reader, stand_in.id)
    answer = reader.get(f"/accounts/{stand_in.id}/login/callback/?{query}")

    check_refused(reader, answer, 400)
    assert not stand_in.visits


@pytest.mark.parametrize(
    "query",
    [
        *("", "&code=", "&code=wrong", "&code=%F0%9F%98%80", "&error=server_error"),
        *("&error=", "&error=temporarily_unavailable", "&code[]=a", "&error=<b>"),
        f"&code={'a' * 5000}",
    ],
)
def test_a_code_that_nobody_gave(reader, stand_in, query):
    state = asked(leave(reader, stand_in.id))["state"]
    address = f"/accounts/{stand_in.id}/login/callback/?state={state}{query}"

    check_refused(reader, reader.get(address), 502)


@pytest.mark.parametrize("kind", ["cookie", "state", "code"])
def test_somebody_elses_visit(reader, stand_in, kind):
    other = Client()
    theirs = local(stand_in.agree(leave(other, stand_in.id)))
    mine = asked(leave(reader, stand_in.id))["state"]
    theirs_state = asked(theirs)["state"]
    if kind == "code":  # their code in my visit: the verifier does not fit
        check_refused(reader, reader.get(theirs.replace(theirs_state, mine)), 502)
    elif kind == "state":
        address = f"/accounts/{stand_in.id}/login/callback/?code=a&state={theirs_state}"
        check_refused(reader, reader.get(address), 400)
    else:  # the browser that began is another one
        check_refused(reader, reader.get(theirs), 400)


def test_the_way_back_from_one_provider_at_the_door_of_another(reader, settings):
    x, facebook = StandIn("twitter_oauth2", id="7"), StandIn("facebook", id="7")
    with running(settings, x, facebook):
        back = local(x.agree(leave(reader, x.id)))
        answer = reader.get(back.replace("twitter_oauth2", "facebook"))

        check_refused(reader, answer, 400)


def test_the_code_of_one_provider_at_the_door_of_another(reader, settings):
    x, facebook = StandIn("twitter_oauth2", id="7"), StandIn("facebook", id="7")
    with running(settings, x, facebook):
        code = asked(x.agree(leave(reader, x.id)))["code"]
        state = asked(leave(reader, facebook.id))["state"]
        address = f"/accounts/facebook/login/callback/?code={code}&state={state}"

        check_refused(reader, reader.get(address), 502)


def test_a_visit_counts_for_ten_minutes(reader, stand_in, time_machine):
    time_machine.move_to("2026-11-24 09:00")
    back = local(stand_in.agree(leave(reader, stand_in.id)))
    time_machine.move_to("2026-11-24 09:11")

    check_refused(reader, reader.get(back), 400)


def test_a_way_back_counts_once(reader, stand_in):
    person = make_user()
    SocialAccount.objects.create(user=person, provider=stand_in.id, uid="7")
    back = local(stand_in.agree(leave(reader, stand_in.id)))
    first = reader.get(back)
    reader.post("/accounts/logout/")
    page = check(reader.get(back), 400)

    assert first.url == "/guides/"
    assert "_auth_user_id" not in reader.session
    assert page.select_one('main a[href^="/accounts/login/"]')


def test_the_back_button_does_not_sign_anybody_out(reader, stand_in):
    person = make_user()
    SocialAccount.objects.create(user=person, provider=stand_in.id, uid="7")
    back = local(stand_in.agree(leave(reader, stand_in.id)))
    reader.get(back)
    page = check(reader.get(back), 400)

    assert f"You are signed in as {person}" in page.main.get_text()
    assert reader.session["_auth_user_id"] == str(person.pk)


def test_a_way_back_is_never_a_form(reader, stand_in):
    back = local(stand_in.agree(leave(reader, stand_in.id)))

    assert reader.post(back).status_code == 405
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "next_url",
    [
        *("http://[x", "//evil.example", "\\\\evil.example", "/\\evil.example"),
        *("https://evil.example/", "javascript:alert(1)", "http:///evil.example"),
        *(" https://evil.example", "https:evil.example", "/" + "a" * 5000),
    ],
)
def test_signing_in_never_leads_off_the_site(reader, stand_in, next_url):
    person = make_user()
    SocialAccount.objects.create(user=person, provider=stand_in.id, uid="7")

    assert sign_in(reader, stand_in, next_url).url == "/"


@pytest.mark.parametrize("next_url", ["a\x00b", "/a\nb", "/\x7f", "http://[x", "//e"])
def test_a_way_on_that_makes_no_sense_is_left_out(reader, stand_in, next_url):
    path = f"/accounts/{stand_in.id}/login/"
    came = {"sec-fetch-site": "same-origin"}
    asked_for = reader.get(path, {"next": next_url}, headers=came)
    sent = reader.post(path, {"next": next_url})

    assert asked_for.status_code in {200, 400}
    check(sent, 200)
    assert not any("next" in state[0] for state in _states(reader))


def test_a_provider_that_is_turned_off_meanwhile(reader, settings, stand_in):
    back = local(stand_in.agree(leave(reader, stand_in.id)))
    usual = settings.SOCIALACCOUNT_PROVIDERS
    off = usual[stand_in.id] | {"APPS": []}
    settings.SOCIALACCOUNT_PROVIDERS = usual | {stand_in.id: off}

    check(reader.get(back), 404)
    assert "_auth_user_id" not in reader.session


def test_the_log_tells_of_a_failing_provider_and_of_nobody(reader, google, caplog):
    google.answers["token"] = (500, b"sam@example.org")
    with caplog.at_level(logging.WARNING, "accounts.providers"):
        sign_in(reader, google)

    assert [
        line.getMessage() for line in caplog.records if line.name.startswith("accounts")
    ] == ["google failed: OAuth2Error"]


def test_an_unconfirmed_google_address_of_somebody_is_not_believed(reader, google):
    make_user(email="sam@example.org")
    google.person |= {"email": "sam@example.org", "email_verified": "false"}
    answer = sign_in(reader, google)

    assert answer.url == "/accounts/3rdparty/signup/"
    reader.post(answer.url, {"display_name": "Sam"})
    assert "_auth_user_id" not in reader.session
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("name", [7, None, [], {}, "a\x00b", "x" * 999, "\u202e"])
def test_a_name_of_any_shape_is_only_a_proposal(reader, google, name):
    google.person |= {"name": name, "email": name, "username": name}
    answer = sign_in(reader, google)

    check(reader.get(answer.url), 200)


def _states(browser) -> list:
    return list(browser.session.get("socialaccount_states", {}).values())


def test_a_network_that_comes_back_too_often_waits(
    reader, newcomer, providers, settings
):
    settings.PROVIDER_LIMITS = {"ask": "2/m/ip"}

    statuses = [sign_in(Client(), providers["google"]).status_code for _ in range(3)]

    assert statuses[:2] == [302, 302]
    assert statuses[2] == 429
