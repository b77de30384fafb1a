"""The lists of the admin stay quick however long the site lives."""

from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import CuratorNote
from tests.factories import make_topic, publish
from tests.hub.test_search_plan import scans
from tests.hub.test_waiting import searched

PEOPLE = """
INSERT INTO accounts_user (password, is_superuser, email, display_name, handle,
    is_staff, is_active, is_held, deletes_words, date_joined)
SELECT '', false, 'many' || n || '@example.org', 'Many', 'many-' || n,
    n %% 5000 = 0, n %% 3000 <> 0, n %% 4000 = 0, false,
    now() - n * interval '1 hour'
FROM generate_series(1, 40000) n
"""
BODIES = """
INSERT INTO landscape_organisation (slug, name, abbreviation, kind, aliases, status,
    opened, closed, purpose, address, needs_check, check_note)
SELECT 'body-' || n, 'Office of ' || md5(n::text), upper(left(md5(n::text), 5)),
    (ARRAY['team', 'tribunal', 'regulator', 'court'])[1 + n %% 4],
    '{}', 'active', '', '', '', '', false, ''
FROM generate_series(1, 40000) n
"""
NOTES = """
INSERT INTO accounts_curatornote (person_id, words, at)
SELECT id, 'Agreed.', now() FROM accounts_user
"""

ADDRESSES = [
    "accounts/user/",
    "accounts/user/?is_held__exact=1",
    "accounts/user/?is_active__exact=0",
    "accounts/user/?is_staff__exact=1",
    "accounts/user/?q=many-7777",
    "accounts/curatornote/",
    "accounts/curatornote/?q=many-7777",
    "landscape/organisation/",
    "landscape/organisation/?kind__exact=team",
    "landscape/organisation/?q=abcd",
]


@pytest.fixture
def admin(browser_of, curator):
    """The curator's browser."""
    return browser_of(curator)


@pytest.fixture
def long_lists():
    """Many people, notes and public bodies, with the statistics of a running site."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        for sql in PEOPLE, BODIES, NOTES:
            cursor.execute(sql, [])
        for index in "organisation_names_parts", "former_names_parts":
            # What VACUUM does: a list of new rows makes an index look slow.
            cursor.execute("SELECT gin_clean_pending_list(%s)", [index])
        cursor.execute("ANALYZE accounts_user, landscape_organisation")
        cursor.execute("ANALYZE landscape_formername")
        cursor.execute("ANALYZE accounts_curatornote")


def test_no_list_reads_a_table_from_end_to_end(admin, long_lists, days_ago):
    since = urlencode({"date_joined__gte": days_ago(5).isoformat()})
    for address in (*ADDRESSES, f"accounts/user/?{since}"):
        with CaptureQueriesContext(connection) as asked:
            answer = admin.get(f"/admin/{address}")

        assert (answer.status_code, len(asked) <= 15) == (200, True), address
        assert answer.context["cl"].result_list, address
        texts = [query["sql"] for query in asked.captured_queries]
        for sql in texts:
            if sql.startswith("SELECT") and "pg_class" not in sql:
                assert_quick(sql)


def assert_quick(sql: str) -> None:
    """No long table is read from end to end, unless a count ends by itself."""
    long = {"accounts_user", "landscape_organisation", "accounts_curatornote"}
    is_bounded_count = "COUNT(*)" in sql and "LIMIT 10001" in sql
    assert is_bounded_count or not long & set(scans(sql, None)), sql


@pytest.mark.parametrize("number", [5, 40])
@pytest.mark.parametrize(
    "place", ["guides/topic", "guides/emptysearch", "hub/homesection", "hub/page"]
)
def test_a_list_costs_the_same_with_more_rows(
    admin, curator, newcomer, place, number, django_assert_max_num_queries
):
    for n in range(number):
        guide = publish()
        guide.topics.add(make_topic())
        searched(f"words {n}", 1, 2)
        CuratorNote.objects.create(person=newcomer, by=curator, words="Agreed.")

    with django_assert_max_num_queries(15):
        assert admin.get(f"/admin/{place}/").status_code == 200
