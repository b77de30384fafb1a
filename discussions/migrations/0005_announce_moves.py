"""A thread or comment that is moved by hand is announced where it was, too."""

from django.db import migrations

TABLES = {
    "discussions_thread": "announce_threads",
    "discussions_comment": "announce_comments",
}
CREATE = """
CREATE TRIGGER announce_move AFTER UPDATE ON {table}
    REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION {function}();
"""


class Migration(migrations.Migration):
    dependencies = [("discussions", "0004_announce_changes")]

    operations = [
        migrations.RunSQL(
            CREATE.format(table=table, function=function),
            f"DROP TRIGGER announce_move ON {table}",
        )
        for table, function in TABLES.items()
    ]
