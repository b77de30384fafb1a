"""A guide's page shows what it cites and what waits, so changes there are announced."""

from django.db import migrations

OF_GUIDES = {
    "guides_citation": (
        "SELECT slug FROM changed JOIN guides_edition e ON e.id = changed.edition_id "
        "JOIN guides_guide g ON g.id = e.guide_id "
        "WHERE e.state IN (''published'', ''superseded'')"
    ),
    "guides_reviewtask": (
        "SELECT slug FROM changed JOIN guides_guide g ON g.id = changed.guide_id"
    ),
}
CREATE = """
CREATE TRIGGER announce_insert AFTER INSERT ON {table}
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION announce_guide('{slugs}');
CREATE TRIGGER announce_update AFTER UPDATE ON {table}
    REFERENCING OLD TABLE AS was NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION announce_guide('{slugs}');
CREATE TRIGGER announce_delete AFTER DELETE ON {table}
    REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION announce_guide('{slugs}');
CREATE TRIGGER announce_truncate AFTER TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION announce_change();
"""
DROP = """
DROP TRIGGER announce_insert ON {table};
DROP TRIGGER announce_update ON {table};
DROP TRIGGER announce_delete ON {table};
DROP TRIGGER announce_truncate ON {table};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("guides", "0011_citations_and_tasks"),
        ("landscape", "0005_no_rings"),
    ]

    operations = [
        migrations.RunSQL(
            CREATE.format(table=table, slugs=slugs), DROP.format(table=table)
        )
        for table, slugs in OF_GUIDES.items()
    ]
