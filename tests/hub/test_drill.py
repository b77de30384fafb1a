"""The drill: a site is backed up, lost and restored, by the real commands."""

from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import User
from guides.models import Guide, Image
from hub import snapshot
from tests.factories import PASSWORD, make_comment

TEXTS = "SELECT title, body, body_html FROM guides_edition ORDER BY id LIMIT 3"
FILES = "SELECT name, content FROM hub_storedfile ORDER BY name"


def test_a_restored_site_is_the_site_that_was_backed_up(site, backup, empty):
    said = empty.run("restore", backup)

    with site.in_use():
        before = snapshot.counts()
    with empty.in_use():
        assert snapshot.counts() == before
        assert not ProcrastinateJob.objects.exists()
        a_member_signs_in_with_the_old_password()
        an_image_is_served()
        the_next_comment_is_stored()
    assert site.ask(TEXTS) == empty.ask(TEXTS)
    assert len(site.ask(TEXTS)) == 3
    assert site.ask(FILES) == empty.ask(FILES)
    assert said.splitlines()[0] == "The file is whole."
    assert "Restored the site of" in said
    assert "jobs that waited then, mails among them, are gone." in said
    print(said)  # what `pytest -s` shows of a drill


def a_member_signs_in_with_the_old_password():
    browser = Client()
    email = User.objects.get(display_name="Sample Newcomer").email
    answer = browser.post(
        "/accounts/login/", {"login": email, "password": PASSWORD}, follow=True
    )
    assert answer.context["user"].email == email


def an_image_is_served():
    answer = Client().get(Image.objects.get().get_absolute_url())
    assert b"".join(answer.streaming_content)[8:12] == b"WEBP"


def the_next_comment_is_stored():
    comments = snapshot.counts()["discussions_comment"]
    newcomer = User.objects.get(display_name="Sample Newcomer")
    make_comment(Guide.objects.first(), newcomer)
    assert snapshot.counts()["discussions_comment"] == comments + 1
