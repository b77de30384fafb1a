"""The drill: a site is backed up, lost and restored, by the real commands."""

import psycopg
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import User
from guides.models import Guide, Image
from hub import snapshot
from tests.factories import PASSWORD, make_comment
from tests.scratch import LONG, scratch

COUNTING = """EXISTS (
    SELECT FROM pg_stat_activity
    WHERE query LIKE 'SELECT count%' AND wait_event_type = 'Lock'
        AND datname = current_database()
)"""
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
    waiting = site.ask("SELECT count(*) FROM procrastinate_jobs")[0][0]
    assert waiting
    assert f"Waiting mails and other jobs left out: {waiting}." in said
    print(said)  # what `pytest -s` shows of a drill


def test_what_is_written_during_a_backup_is_in_the_next_one(site, empty, tmp_path):
    with scratch("busy", like=site.name) as busy, psycopg.connect(busy.url) as writer:
        writer.execute("LOCK django_session")
        writer.execute("INSERT INTO django_session VALUES ('new', '', now())")
        process = busy.start("backup", tmp_path / "busy")
        busy.wait_for(COUNTING, process)
        writer.commit()
        process.communicate(timeout=LONG)

    assert "as counted then" in empty.run("restore", tmp_path / "busy")
    assert empty.ask("SELECT count(*) FROM django_session") == [(0,)]


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
