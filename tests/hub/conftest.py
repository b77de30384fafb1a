"""What the site itself always has, for the tests of its pages."""

import pytest
from django.core.files.storage import default_storage
from django.core.mail import EmailMessage
from moto.server import ThreadedMotoServer

from hub import environment
from hub.mail import OutboxBackend
from hub.usual_home import arrange
from tests.factories import (
    make_comment,
    make_curator,
    make_image,
    make_reply,
    make_user,
    publish,
)
from tests.scratch import migrated, scratch


@pytest.fixture(autouse=True)
def _home(usual_home):
    """Every page of the site's own may lead to the home page."""


@pytest.fixture
def quickly(settings, caplog):
    """Without the look for repeated questions, and without a line for each refusal."""
    caplog.set_level("CRITICAL", "django.request")
    caplog.set_level("CRITICAL", "django.security")
    settings.MIDDLEWARE = [n for n in settings.MIDDLEWARE if "zeal" not in n]


@pytest.fixture(scope="session")
def site(django_db_setup, django_db_blocker):
    """A database with guides, members, comments, an image and a mail that waits."""
    with migrated("site", django_db_blocker) as site:
        with django_db_blocker.unblock(), site.in_use():
            fill()
        yield site


@pytest.fixture(scope="session")
def backup(site, tmp_path_factory):
    """A backup of that site."""
    file = tmp_path_factory.mktemp("backup") / "site.backup"
    site.run("backup", file)
    return file


@pytest.fixture
def empty():
    """A database with nothing in it."""
    with scratch("empty") as empty:
        yield empty


@pytest.fixture
def bucket(settings, monkeypatch):
    """A server that speaks S3, on loopback, with an empty bucket as FILE_STORAGE."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    place = f"endpoint=http://{host}:{port}&region=eu-west-2"
    address = f"s3://key:se%2Fcret@files-{port}?{place}"
    monkeypatch.setenv("FILE_STORAGE", f"{address}&folder=handover")
    chosen = environment.file_storage("FILE_STORAGE", "database")
    settings.STORAGES = {**settings.STORAGES, "default": chosen}
    place = {"LocationConstraint": "eu-west-2"}
    default_storage.bucket.create(CreateBucketConfiguration=place)
    yield default_storage.bucket
    server.stop()


def fill():
    """What a small site holds."""
    arrange()
    author, newcomer = make_user("Sample Author"), make_user("Sample Newcomer")
    make_curator()
    for number in range(5):
        guide = publish(title=f"Guide number {number}", body="## Ünïcode\n\nżółć ☃")
        comment = make_comment(guide, newcomer)
        make_reply(comment, author)
    make_image(guide, author)
    waiting = EmailMessage("Waiting", "A code: ABC-DEF", to=["reader@example.org"])
    OutboxBackend(alias="default").send_messages([waiting])
