"""A query whose SQL is remembered answers for the values of today, and for each reader
what that reader may see."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from accounts.prepared import Prepared, PreparedForReader
from guides.models import Guide
from tests.factories import make_curator, make_guide, make_user, publish


def of_kind(kind):
    return Guide.objects.filter(kind=kind)


def test_each_value_gets_its_own_answer():
    ask = Prepared(of_kind, str)
    map_, primer = make_guide(kind="map"), make_guide(kind="primer")
    assert list(ask("map")) == [map_]
    assert list(ask("primer")) == [primer]
    assert list(ask("a ' quote")) == []


def test_rows_come_whole_with_what_they_are_joined_to(author):
    guide = publish(make_guide(owner=author))
    ask = Prepared(lambda pk: Guide.objects.select_related("owner").filter(pk=pk), int)
    (found,) = ask(guide.pk)
    assert found.owner.display_name == author.display_name
    assert found.first_published_at == guide.first_published_at


def test_the_query_is_made_once(django_assert_num_queries):
    made = []

    def build(kind):
        made.append(kind)
        return of_kind(kind)

    ask = Prepared(build, str)
    with django_assert_num_queries(3):
        for kind in "map", "primer", "map":
            list(ask(kind))
    assert len(made) == 1


def test_moments_are_compared_too():
    make_guide()
    ask = Prepared(lambda at: Guide.objects.filter(created_at__gt=at), datetime)
    assert len(ask(datetime(2020, 1, 1, tzinfo=UTC))) == 1
    assert len(ask(datetime(2999, 1, 1, tzinfo=UTC))) == 0


def test_a_value_that_the_query_leaves_out_is_refused():
    ask = Prepared(lambda kind: Guide.objects.all(), str)
    with pytest.raises(TypeError, match="does not compare"):
        ask("map")


def test_every_reader_finds_what_is_theirs(author):
    draft, other = make_guide(owner=author), make_guide(owner=make_user("Somebody"))
    public = publish(make_guide(owner=author))
    ask = PreparedForReader(lambda reader: Guide.objects.visible_to(reader))
    curator = User.objects.get(pk=make_curator().pk)
    for _ in range(2):
        assert set(ask(AnonymousUser())) == {public}
        assert set(ask(author)) == {draft, public}
        assert set(ask(other.owner)) == {other, public}
        assert set(ask(curator)) == {draft, other, public}
    curator.user_permissions.clear()
    curator.groups.clear()
    assert set(ask(User.objects.get(pk=curator.pk))) == {public}
