"""Every row that people post is written into each index of its table."""

import pytest
from django.db import connection

# Of each index of all rows: its name, and its columns in turn.
INDEXES = """
    SELECT index.indexrelid::regclass::text, index.indkey::text
    FROM pg_index index
    WHERE index.indrelid = %s::regclass AND index.indpred IS NULL
"""


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["discussions_comment", "discussions_thread"])
def test_no_index_finds_what_another_finds_too(table):
    with connection.cursor() as cursor:
        cursor.execute(INDEXES, [table])
        columns = dict(cursor.fetchall())

    copies = {
        f"{name} begins {other}"
        for name, one in columns.items()
        for other, more in columns.items()
        if name != other and f"{more} ".startswith(f"{one} ")
    }
    assert len(columns) > 2
    assert copies == set()
