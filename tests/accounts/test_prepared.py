"""A query whose SQL is remembered answers for the values of today, and for each reader
what that reader may see."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

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


@pytest.mark.parametrize("sign", ["%", "_", "\\", "%s", "%%", "'"])
def test_signs_of_a_pattern_are_looked_for_as_they_are(sign):
    odd = make_guide(public_benefit=f"100{sign}of people")
    make_guide(public_benefit="100 of people, 1000 of people")
    ask = Prepared(
        lambda words: Guide.objects.filter(public_benefit__icontains=f"00{words}OF"),
        str,
    )

    assert ask(sign) == [odd]


def test_of_many_words_each_gets_its_own_place():
    found = make_guide(public_benefit=" ".join(map(str, range(100, 112))))
    make_guide(public_benefit="100 111")
    ask = Prepared(
        lambda *words: Guide.objects.filter(
            *(("public_benefit__contains", word) for word in words)
        ),
        *[str] * 12,
    )

    assert ask(*map(str, range(100, 112))) == [found]


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


def test_what_is_no_argument_stands_in_the_query(django_assert_num_queries):
    odd = make_guide(kind="map", public_benefit="100 %s of ' people")
    make_guide(kind="map")
    ask = Prepared(
        lambda kind: Guide.objects.filter(
            kind=kind, public_benefit="100 %s of ' people"
        ),
        str,
    )
    with django_assert_num_queries(1) as asked:
        assert list(ask("map")) == [odd]
    assert "100 %s of '' people" in asked.captured_queries[0]["sql"]


def plans_of(table):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements "
            "WHERE position(%s in statement) > 0 AND statement NOT LIKE '%%pg_pre%%'",
            [f'FROM "{table}"'],
        )
        return cursor.fetchone()[0]


def test_its_plan_is_kept_and_no_other():
    ask = Prepared(of_kind, str)
    before = plans_of("guides_guide")
    for _ in range(4):
        list(of_kind("map"))
    assert plans_of("guides_guide") == before
    for _ in range(4):
        list(ask("map"))
    assert plans_of("guides_guide") == before + 1


def test_small_and_large_numbers_have_one_plan():
    ask = Prepared(lambda pk: Guide.objects.filter(pk=pk), int)
    before = plans_of("guides_guide")
    for pk in (1, 40_000, 3_000_000_000) * 4:
        ask(pk)
    assert plans_of("guides_guide") == before + 1
