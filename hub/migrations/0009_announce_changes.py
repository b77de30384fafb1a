"""Finished pages show these tables, so what changes in them is announced."""

from django.db import migrations

TABLES = ("hub_page", "hub_homesection", "hub_homeguide")
CREATE = """
CREATE TRIGGER announce AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION announce_change();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("hub", "0008_curators_read_the_record_of_guides"),
        ("accounts", "0005_announce_changes"),
    ]

    operations = [
        migrations.RunSQL(
            CREATE.format(table=table), f"DROP TRIGGER announce ON {table}"
        )
        for table in TABLES
    ]
