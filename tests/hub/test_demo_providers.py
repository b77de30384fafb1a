"""A demo's stand-ins for Google, X and Facebook, and the way through them."""

import pytest

from accounts.models import User
from hub.demo import stand_in
from tests.pages import check, send, visit
from tests.providers import NAMES, address_in, asked

in_a_demo = pytest.mark.urls("tests.hub.demo_urls")
EVERY = pytest.mark.parametrize("name", NAMES)


@pytest.fixture
def demo(live_server, settings):
    """A running demo without keys."""
    settings.SITE_URL = live_server.url
    usual = settings.SOCIALACCOUNT_PROVIDERS
    settings.SOCIALACCOUNT_PROVIDERS = {
        name: usual[name] | stand_in(name, live_server.url) for name in NAMES
    }


def leave(reader, name):
    """To the stand-in's page."""
    headers = {"sec-fetch-site": "same-origin"}
    path = f"/accounts/{name}/login/?next=/guides/"
    return address_in(reader.get(path, headers=headers))


@in_a_demo
@EVERY
def test_a_stand_in_says_that_it_is_one(reader, demo, name):
    page = visit(reader, leave(reader, name))

    assert page.h1.get_text() == f"Stand-in for {NAMES[name]}"
    assert f"part of the demo, not {NAMES[name]}" in page.main.get_text()


@in_a_demo
@EVERY
def test_a_visitor_comes_back_as_the_person_they_chose(reader, demo, name):
    back = reader.post(leave(reader, name), {"person": "1"})
    answer = reader.get(back.url)

    assert answer.url == "/accounts/3rdparty/signup/"
    assert "Sample" in visit(reader, answer.url).select_one("#id_display_name")["value"]


@in_a_demo
def test_one_person_of_x_has_no_address(reader, demo):
    back = reader.post(leave(reader, "twitter_oauth2"), {"person": "2"})

    page = visit(reader, reader.get(back.url).url)
    assert "gave us no email address" in page.main.get_text()


@in_a_demo
@EVERY
@pytest.mark.parametrize("typed", [{}, {"person": "77"}])
def test_a_visitor_may_refuse(reader, demo, name, typed):
    back = reader.post(leave(reader, name), typed)

    assert "You did not sign in" in check(reader.get(back.url), 200).h1.get_text()
    assert not User.objects.exists()


@in_a_demo
@EVERY
def test_a_stand_in_is_as_strict_as_what_it_stands_for(client, reader, demo, name):
    away = leave(reader, name).replace("testserver", "evil.example")
    code = asked(reader.post(leave(reader, name), {"person": "1"}).url)["code"]
    typed = {"code": code, "code_verifier": "a guess"}

    send(reader, away, {"person": "1"}, 400)
    assert client.post(f"/demo/{name}/token/", typed).status_code == 400
    assert client.post(f"/demo/{name}/token/", {"code": "junk"}).status_code == 400
    assert client.get(f"/demo/{name}/me/?access_token={code}a").status_code == 401


@EVERY
@pytest.mark.parametrize("door", ["authorize", "token", "me"])
def test_nothing_of_it_exists_outside_a_demo(reader, providers, name, door):
    assert reader.get(f"/demo/{name}/{door}/").status_code == 404
    assert reader.post(f"/demo/{name}/{door}/").status_code == 404
