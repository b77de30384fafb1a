"""Two people write one draft at the same moment, on real transactions."""

import pytest

from guides.models import Edition, Guide, Topic
from tests.factories import make_curator, make_draft, make_guide, make_user
from tests.guides.test_publish_together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_saves_one_is_kept_and_the_other_sees_both_texts(browser_of):
    author, curator = make_user(), make_curator()
    draft = make_draft(make_guide(owner=author), created_by=author)
    address = f"/guides/{draft.guide.slug}/edit/"

    for number in range(20):
        version = Edition.objects.get().version
        answers = {}

        def save(person, version=version, number=number, answers=answers):
            typed = {"title": "T", "body": f"{person} {number}", "version": version}
            answers[person] = browser_of(person).post(address, typed)

        at_once(lambda save=save: save(author), lambda save=save: save(curator))

        kept = Edition.objects.get()
        statuses = {person: answer.status_code for person, answer in answers.items()}
        assert sorted(statuses.values()) == [302, 409], number
        loser = next(person for person, status in statuses.items() if status == 409)
        page = answers[loser].content.decode()
        assert kept.body in page
        assert f"{loser} {number}" in page
        assert kept.version == version + 1


def test_a_form_sent_twice_at_once_makes_one_guide(browser_of):
    author = make_user()
    Topic.objects.create(slug="t", title="T", summary="s")
    key = "00000000-0000-4000-8000-00000000000b"
    typed = {"title": "Spend control", "body": "Words.", "key": key}

    at_once(*[lambda: browser_of(author).post("/guides/new/", typed)] * 4)

    assert [guide.slug for guide in Guide.objects.all()] == ["spend-control"]
    assert Edition.objects.get().body == "Words."
