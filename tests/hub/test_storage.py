"""Where files that people send are kept: in the database, or in a bucket."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from hub import environment
from hub.models import StoredFile
from hub.storage import DatabaseStorage
from tests.factories import make_image


def test_a_file_comes_back_as_it_was():
    storage = DatabaseStorage()

    name = storage.save("a/b.webp", ContentFile(b"\x00\xff" * 1000))

    assert (name, storage.size(name)) == ("a/b.webp", 2000)
    assert storage.open(name).read() == b"\x00\xff" * 1000
    assert storage.exists(name)


def test_a_name_that_is_taken_gets_another():
    storage = DatabaseStorage()

    names = {storage.save("a.webp", ContentFile(b"a")) for _ in range(2)}

    assert len(names) == StoredFile.objects.count() == 2


def test_a_file_that_is_not_there_is_said_to_be_missing():
    storage = DatabaseStorage()
    storage.delete("a.webp")

    assert not storage.exists("a.webp")
    for ask in storage.open, storage.size:
        with pytest.raises(FileNotFoundError):
            ask("a.webp")


def test_a_file_in_the_database_is_written_once():
    with pytest.raises(ValueError, match="written once"):
        DatabaseStorage().open("a.webp", "wb")


def test_a_bucket_keeps_files_in_its_folder(bucket):
    default_storage.save("a/b.webp", ContentFile(b"words"))

    with default_storage.open("a/b.webp") as file:
        assert file.read() == b"words"
    assert [found.key for found in bucket.objects.all()] == ["handover/a/b.webp"]


def test_an_image_is_kept_in_and_served_from_a_bucket(
    reader, author, guide, bucket, django_capture_on_commit_callbacks
):
    image = make_image(guide, author)

    answer = reader.get(image.get_absolute_url())

    content = b"".join(answer.streaming_content)
    assert content[8:12] == b"WEBP"
    assert int(answer.headers["Content-Length"]) == len(content)
    assert answer.headers["Content-Type"] == "image/webp"
    assert not StoredFile.objects.exists()
    keys = {found.key for found in bucket.objects.all()}
    assert f"handover{image.get_absolute_url()}" in keys
    with django_capture_on_commit_callbacks(execute=True):
        image.discard()
    assert not list(bucket.objects.all())


def test_a_file_that_the_bucket_has_lost_is_missing(reader, author, guide, bucket):
    image = make_image(guide, author)
    bucket.objects.delete()

    assert reader.get(image.get_absolute_url()).status_code == 404


def test_the_settings_of_a_bucket_are_read_from_one_address(setting):
    setting("s3://k%2Fy:s%40t@files?region=eu-west-2")

    options = environment.file_storage("HANDOVER_TEST", "database")["OPTIONS"]

    assert options["bucket_name"] == "files"
    assert (options["access_key"], options["secret_key"]) == ("k/y", "s@t")
    assert (options["region_name"], options["endpoint_url"]) == ("eu-west-2", None)
    assert not options["file_overwrite"]
    assert options["default_acl"] is None


def test_the_database_is_chosen_if_nothing_is_said(monkeypatch):
    monkeypatch.delenv("HANDOVER_TEST", raising=False)

    chosen = environment.file_storage("HANDOVER_TEST", "database")

    assert chosen == {"BACKEND": "hub.storage.DatabaseStorage"}


def test_without_the_package_for_s3_the_start_says_what_to_install(
    setting, monkeypatch
):
    setting("s3://files")
    monkeypatch.setattr(environment, "find_spec", lambda name: None)

    with pytest.raises(SystemExit, match="^HANDOVER_TEST needs .*pip install"):
        environment.file_storage("HANDOVER_TEST", "database")


@pytest.fixture
def setting(monkeypatch):
    """Sets a variable."""
    return lambda value: monkeypatch.setenv("HANDOVER_TEST", value)
