"""Uploaded files that are kept in a bucket are in the backup too."""

import os

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from hub.backup_file import reading

FILES = {
    "images/a-320.webp": b"small \x00\xff" * 1000,
    f"images/{'long-' * 30}640.webp": b"a name longer than a head of tar takes",
    "at-the-top.webp": b"",
}


@pytest.fixture
def file(bucket, site, tmp_path):
    """A backup of a site with three files in its bucket, of which none is left."""
    for name, content in FILES.items():
        default_storage.save(name, ContentFile(content))
    said = site.run("backup", tmp_path / "site", **in_bucket())
    assert "3 files beside the database" in said
    bucket.objects.delete()
    return tmp_path / "site"


def in_bucket():
    return {"FILE_STORAGE": os.environ["FILE_STORAGE"]}


def there():
    return {name: content_of(name) for name in FILES}


def content_of(name):
    with default_storage.open(name) as file:
        return file.read()


def test_they_come_back_under_their_names(file, empty):
    empty.run("restore", file, **in_bucket())

    assert there() == FILES


def test_those_that_are_there_already_stay(file, empty):
    name = next(iter(FILES))
    default_storage.save(name, ContentFile(FILES[name]))

    empty.run("restore", file, **in_bucket())

    assert there() == FILES


def test_another_file_of_the_same_name_is_not_overwritten(file, empty):
    default_storage.save("at-the-top.webp", ContentFile(b"somebody else's"))

    line = empty.trouble("restore", file, **in_bucket())

    assert "holds another file called at-the-top.webp" in line
    assert content_of("at-the-top.webp") == b"somebody else's"


def test_a_changed_file_is_refused(file, empty):
    with reading(file) as read:
        place = read.members["media/images/a-320.webp"].offset_data
    with file.open("r+b") as spoilt:
        spoilt.seek(place)
        spoilt.write(b"S")

    line = empty.trouble("restore", file, **in_bucket())

    assert line == f"{file} is damaged: media/images/a-320.webp has changed."


def test_a_bucket_that_does_not_answer_is_said(site, tmp_path):
    nowhere = "s3://key:secret@files?endpoint=http://127.0.0.1:1&region=eu-west-2"

    line = site.trouble("backup", tmp_path / "new", FILE_STORAGE=nowhere)

    assert line.startswith("The storage of files fails: ")
    assert list(tmp_path.iterdir()) == []
