"""What changes beside a guide is announced to those who keep its finished pages."""

from django.db import migrations

CREATE = """
CREATE FUNCTION announce_threads() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM announce_guides(array_agg(DISTINCT g.slug::text))
    FROM changed JOIN guides_guide g ON g.id = changed.guide_id;
    RETURN NULL;
END $$;

CREATE FUNCTION announce_comments() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM announce_guides(array_agg(DISTINCT g.slug::text))
    FROM changed
    JOIN discussions_thread t ON t.id = changed.thread_id
    JOIN guides_guide g ON g.id = t.guide_id;
    RETURN NULL;
END $$;
"""
DROP = """
DROP FUNCTION announce_threads();
DROP FUNCTION announce_comments();
"""

TABLES = {
    "discussions_thread": "announce_threads",
    "discussions_comment": "announce_comments",
}
CREATE_OF = """
CREATE TRIGGER announce_insert AFTER INSERT ON {table}
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION {function}();
CREATE TRIGGER announce_update AFTER UPDATE ON {table}
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION {function}();
CREATE TRIGGER announce_delete AFTER DELETE ON {table}
    REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION {function}();
CREATE TRIGGER announce_truncate AFTER TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION announce_change();
"""
DROP_OF = """
DROP TRIGGER announce_insert ON {table};
DROP TRIGGER announce_update ON {table};
DROP TRIGGER announce_delete ON {table};
DROP TRIGGER announce_truncate ON {table};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("discussions", "0003_moderation_reports_and_pending_replies"),
        ("guides", "0009_announce_changes"),
    ]

    operations = [
        migrations.RunSQL(CREATE, DROP),
        *(
            migrations.RunSQL(
                CREATE_OF.format(table=table, function=function),
                DROP_OF.format(table=table),
            )
            for table, function in TABLES.items()
        ),
    ]
