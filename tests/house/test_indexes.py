"""Every row that people post is written into each index of its table."""

import pytest
from django.db import connection

# Of each index: its name, its columns in turn, of which rows, whether it is a rule too.
INDEXES = """
    SELECT index.indexrelid::regclass::text, index.indkey::text,
        coalesce(pg_get_expr(indpred, indrelid), ''), indisunique
    FROM pg_index index WHERE index.indrelid = %s::regclass
"""
# The first column of each foreign key: its number and its name.
KEYS = """
    SELECT DISTINCT attnum::text, attname FROM pg_constraint
    JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
    WHERE conrelid = %s::regclass AND contype = 'f'
"""
TABLES = pytest.mark.parametrize("table", ["discussions_comment", "discussions_thread"])
pytestmark = [pytest.mark.django_db, TABLES]


def asked(question: str, table: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(question, [table])
        return cursor.fetchall()


def test_no_index_finds_what_another_finds_too(table):
    whole = [row for row in asked(INDEXES, table) if not row[2]]
    columns = {name: columns for name, columns, _, _ in whole}
    rules = {name for name, _, _, is_unique in whole if is_unique}

    copies = {
        f"{name} begins {other}"
        for name, one in columns.items()
        for other, more in columns.items()
        if name not in {other, *rules} and f"{more} ".startswith(f"{one} ")
    }
    assert len(columns) > 2
    assert copies == set()


def test_every_key_is_found_from_its_other_end(table):
    keys = dict(asked(KEYS, table))

    assert "guide_id" in keys.values() or "author_id" in keys.values()
    for number, name in keys.items():
        assert any(
            columns.split()[0] == number and rows in {"", f"({name} IS NOT NULL)"}
            for _, columns, rows, _ in asked(INDEXES, table)
        ), name
