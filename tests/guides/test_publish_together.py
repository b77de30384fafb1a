"""Two curators publish at the same moment, on real transactions."""

from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from guides.models import Edition
from tests.factories import make_draft, make_guide, publish

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


def test_two_new_drafts_get_two_numbers():
    guide = make_guide()

    at_once(lambda: make_draft(guide), lambda: make_draft(guide))

    assert sorted(Edition.objects.values_list("number", flat=True)) == [1, 2]


def test_one_draft_is_published_once(curator, veteran):
    draft = make_draft()
    same = Edition.objects.get(pk=draft.pk)

    raised = at_once(
        lambda: draft.publish(by=curator), lambda: same.publish(by=veteran)
    )

    assert len(raised) == 1
    assert Edition.objects.filter(state="published").count() == 1


def test_of_two_drafts_one_is_live_and_one_is_history(curator, veteran):
    guide = make_guide()
    one, two = make_draft(guide), make_draft(guide)

    raised = at_once(
        lambda: one.publish(by=curator, change_note="One."),
        lambda: two.publish(by=veteran, change_note="Two."),
    )

    states = sorted(Edition.objects.values_list("state", flat=True))
    assert (raised, states) == ([], ["published", "superseded"])
