"""Published words in an index that knows their rank.

It is made beside the one of every server, which stays: a search can go back to it by
a setting alone. Writing goes on meanwhile.
"""

from django.core.management.base import CommandError
from django.db import migrations

IS_THERE = "SELECT 1 FROM pg_available_extensions WHERE name = 'rum'"
MAKE = """
CREATE INDEX CONCURRENTLY published_edition_ranks ON guides_edition
USING rum (search rum_tsvector_ops) WHERE state = 'published'
"""
DROP = "DROP INDEX CONCURRENTLY IF EXISTS published_edition_ranks"


def add_extension(apps, schema_editor) -> None:
    """Let this database use RUM, or say what to do where the server lacks it."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(IS_THERE)
        if not cursor.fetchone():
            raise CommandError(
                "This PostgreSQL server has no extension RUM. Install it there "
                "(Debian: postgresql-<version>-rum), or leave SEARCH_RUM at 0."
            )
        cursor.execute("CREATE EXTENSION IF NOT EXISTS rum")


class Migration(migrations.Migration):
    atomic = False  # CONCURRENTLY cannot run inside a transaction

    dependencies = [("guides", "0010_quick_search")]

    operations = [
        migrations.RunPython(add_extension, migrations.RunPython.noop),
        # One that was cut short leaves an index which answers nothing.
        migrations.RunSQL(DROP, migrations.RunSQL.noop),
        migrations.RunSQL(MAKE, DROP),
    ]
