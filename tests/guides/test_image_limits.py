"""How many images there may be, and which of them go again."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import Storage
from django.db import IntegrityError, transaction

from guides.models import Guide, Image
from guides.pictures import prepare
from hub.models import StoredFile
from tests.factories import (
    make_draft,
    make_guide,
    make_image,
    make_user,
    picture_file,
    publish,
)
from tests.guides.test_images import images_of, sent
from tests.guides.test_publish_together import at_once
from tests.pages import send, visit


def test_a_guide_has_room_for_some_pictures(browser_of, author, draft, settings):
    settings.IMAGES_A_GUIDE = 1
    make_image(draft, author)

    page = send(browser_of(author), images_of(draft), sent(), 422)

    assert "A guide can have 1 images." in page.main.get_text()


def test_a_person_adds_so_many_in_a_day(browser_of, author, draft, settings, days_ago):
    settings.IMAGES_A_DAY = 1
    make_image(draft, author)
    browser = browser_of(author)

    answer = browser.post(images_of(draft), sent())
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "3600")
    assert b"You can add 1 images in a day." in answer.content

    Image.objects.update(created_at=days_ago(2))
    assert browser.post(images_of(draft), sent()).status_code == 302


def test_who_sends_too_many_files_waits(browser_of, author, draft, settings):
    settings.ACCOUNT_RATE_LIMITS = {"image": "2/h/user"}
    browser = browser_of(author)

    found = [browser.post(images_of(draft), sent(b"no")).status_code for _ in range(3)]

    assert found == [422, 422, 429]


def test_a_storage_that_takes_nothing_is_told_in_words_and_keeps_no_half(
    browser_of, author, draft, settings, caplog
):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "tests.guides.test_image_limits.FullStorage"},
    }

    page = send(browser_of(author), images_of(draft), sent(), 422)

    assert "We could not store the image." in page.main.get_text()
    assert not Image.objects.exists()
    assert "could not be stored" in caplog.text


def test_the_database_refuses_a_picture_without_words(author, draft):
    image = make_image(draft, author)

    for wrong in [{"alt": ""}, {"is_decorative": True}, {"name": "a"}]:
        with pytest.raises(IntegrityError), transaction.atomic():
            Image.objects.filter(pk=image.pk).update(**wrong)


def test_an_author_deletes_a_picture_that_no_reader_has_seen(
    browser_of, author, newcomer, draft
):
    image = make_image(draft, author)
    address = f"{images_of(draft)}{image.name}/delete/"

    assert browser_of(newcomer).post(address).status_code == 404
    assert browser_of(author).get(address).status_code == 405
    assert browser_of(author).post(address).url == images_of(draft)
    assert not Image.objects.exists()


def test_a_picture_that_readers_have_seen_stays(browser_of, author, curator, draft):
    image = make_image(draft, author)
    edition = draft.draft
    edition.body = image.markdown
    edition.save()
    edition.publish(by=None)

    with pytest.raises(ValidationError, match="so it stays"):
        image.discard()
    make_draft(draft, created_by=author)
    browser = browser_of(author)
    browser.post(f"{images_of(draft)}{image.name}/delete/")
    assert "so it stays" in visit(browser, images_of(draft)).get_text()


def test_a_picture_in_another_guide_that_readers_see_stays(
    browser_of, author, veteran, guide
):
    Guide.objects.update(owner=author)
    image = make_image(guide, author)
    publish(make_guide(owner=veteran), body=image.markdown)
    browser = browser_of(author)

    browser.post(f"{images_of(guide)}{image.name}/delete/")

    assert "so it stays" in visit(browser, images_of(guide)).get_text()


def test_a_picture_in_a_text_that_was_found_right_stays(
    browser_of, author, curator, draft, topic
):
    draft.topics.add(topic)
    image = make_image(draft, author)
    edition = draft.draft
    edition.revise(by=author, version=1, body=image.markdown)
    edition.submit(by=author)
    edition.approve(by=curator)
    draft.refresh_from_db()
    browser = browser_of(author)

    browser.post(f"{images_of(draft)}{image.name}/delete/")

    assert "Take the text back" in visit(browser, images_of(draft)).get_text()
    assert Image.objects.exists()


def test_a_deleted_picture_leaves_no_file(
    author, draft, django_capture_on_commit_callbacks
):
    image = make_image(draft, author)

    with django_capture_on_commit_callbacks(execute=True):
        image.discard()

    assert not StoredFile.objects.exists()


def test_who_leaves_takes_the_pictures_of_unseen_drafts_along(author, draft, guide):
    from guides import my_data

    unseen, public = make_image(draft, author), make_image(guide, author)

    assert len(my_data.export_for(author)["images"]) == 2
    my_data.forget(author)
    author.delete()

    assert not Image.objects.filter(pk=unseen.pk).exists()
    assert Image.objects.get(pk=public.pk).uploaded_by is None


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_only_so_many_have_room(settings):
    settings.IMAGES_A_GUIDE = 3
    guide, people = publish(), [make_user() for _ in range(8)]
    picture = prepare(picture_file())

    def add(by):
        return lambda: Image.objects.add(
            guide, picture, by=by, alt="A.", is_decorative=False
        )

    raised = at_once(*map(add, people))

    assert (len(raised), guide.images.count()) == (5, 3)
    assert StoredFile.objects.count() == 3 * len(picture.files)


@pytest.mark.django_db(transaction=True)
def test_one_person_at_once_in_two_guides_has_one_day(settings):
    settings.IMAGES_A_DAY = 2
    guides, author = [publish(), publish()], make_user()
    picture = prepare(picture_file())

    def add(guide):
        return lambda: Image.objects.add(
            guide, picture, by=author, alt="A.", is_decorative=False
        )

    raised = at_once(*map(add, guides * 3))

    assert (len(raised), Image.objects.count()) == (4, 2)


class FullStorage(Storage):
    """A disk without room."""

    def exists(self, name):
        return False

    def _save(self, name, content):
        raise OSError("No space left on device")
