"""Two curators publish at the same moment, on real transactions."""

from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from guides.models import Edition
from tests.factories import make_draft, publish

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*verbs) -> list[Exception]:
    """Runs the verbs in threads of their own and gives back what they raised."""
    start, raised = Barrier(len(verbs)), []

    def run(verb):
        start.wait()
        try:
            verb()
        except ValidationError as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[verb]) for verb in verbs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return raised


def test_two_merges_into_each_other_do_not_wait_for_ever(curator, veteran):
    one, two = publish(), publish()

    raised = at_once(
        lambda: one.merge(into=two, by=curator), lambda: two.merge(into=one, by=veteran)
    )

    assert len(raised) == 1


def test_a_guide_has_one_draft_whoever_starts_one(curator, other_curator):
    guide = publish()

    at_once(
        lambda: guide.start_draft(by=curator),
        lambda: guide.start_draft(by=other_curator),
    )

    assert list(Edition.objects.drafts().values_list("number", flat=True)) == [2]


def test_one_draft_is_published_once(curator, other_curator):
    draft = make_draft()
    same = Edition.objects.get(pk=draft.pk)

    raised = at_once(
        lambda: draft.publish(by=curator), lambda: same.publish(by=other_curator)
    )

    assert len(raised) == 1
    assert Edition.objects.filter(state="published").count() == 1
