"""Finished pages show these tables, so what changes in them is announced."""

from django.db import migrations

TABLES = (
    "landscape_jurisdiction",
    "landscape_organisation",
    "landscape_organisation_jurisdictions",
)
CREATE = """
CREATE TRIGGER announce AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION announce_change();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("landscape", "0002_names_are_found"),
        ("accounts", "0005_announce_changes"),
    ]

    operations = [
        migrations.RunSQL(
            CREATE.format(table=table), f"DROP TRIGGER announce ON {table}"
        )
        for table in TABLES
    ]
