"""No index of comments and threads says what another says: posting writes into each.

To alter the fields would have every row's key looked at again, so the indexes go alone.
"""

from django.conf import settings
from django.db import migrations, models

COPIES = {
    "discussions_thread_guide_id_5d5f7eb7": "discussions_thread (guide_id)",
    "discussions_comment_author_id_31922333": "discussions_comment (author_id)",
    "discussions_comment_hidden_by_id_96e7486e": "discussions_comment (hidden_by_id)",
    "discussions_comment_thread_id_974546d6": "discussions_comment (thread_id)",
    "comment_in_thread": "discussions_comment (thread_id, id)",
}
PERSON = {"to": settings.AUTH_USER_MODEL, "on_delete": models.SET_NULL, "null": True}


def without(name: str, columns: str) -> migrations.RunSQL:
    """Drop an index while others read and write, and come to the same end when the
    first attempt was killed."""
    drop = f"DROP INDEX CONCURRENTLY IF EXISTS {name}"
    return migrations.RunSQL(
        [drop], [drop, f"CREATE INDEX CONCURRENTLY {name} ON {columns}"]
    )


def key(model: str, name: str, **given) -> migrations.AlterField:
    """A foreign key whose index is that of another question."""
    return migrations.AlterField(
        model, name, models.ForeignKey(db_index=False, **given)
    )


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("discussions", "0006_index_of_who_hid"),
        ("guides", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            [without(name, columns) for name, columns in COPIES.items()],
            [
                migrations.RemoveIndex("comment", "comment_in_thread"),
                key("comment", "author", related_name="comments", **PERSON),
                key("comment", "hidden_by", editable=False, related_name="+", **PERSON),
                key(
                    "comment",
                    "thread",
                    to="discussions.thread",
                    on_delete=models.PROTECT,
                    related_name="comments",
                ),
                key(
                    "thread",
                    "guide",
                    to="guides.guide",
                    on_delete=models.PROTECT,
                    related_name="threads",
                ),
            ],
        )
    ]
