"""No index of comments and threads says what another says: posting writes into each."""

from django.conf import settings
from django.db import migrations, models

# Alone, without its key: to alter the field would have every row's key looked at again.
COPIES = {
    "discussions_comment_author_id_31922333": "discussions_comment (author_id)",
    "discussions_comment_hidden_by_id_96e7486e": "discussions_comment (hidden_by_id)",
    "discussions_comment_thread_id_974546d6": "discussions_comment (thread_id)",
    "discussions_thread_guide_id_5d5f7eb7": "discussions_thread (guide_id)",
}


def key(to: str, when_gone, **given) -> models.ForeignKey:
    return models.ForeignKey(to, when_gone, db_index=False, **given)


class Migration(migrations.Migration):
    dependencies = [
        ("discussions", "0005_announce_moves"),
        ("guides", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            "comment",
            models.Index(
                fields=["hidden_by"],
                condition=models.Q(hidden_by__isnull=False),
                name="comment_hidden_by",
            ),
        ),
        migrations.RemoveIndex("comment", "comment_in_thread"),
        migrations.SeparateDatabaseAndState(
            [
                migrations.RunSQL(
                    f"DROP INDEX {name}", f"CREATE INDEX {name} ON {columns}"
                )
                for name, columns in COPIES.items()
            ],
            [
                migrations.AlterField(
                    "comment",
                    "author",
                    key(
                        settings.AUTH_USER_MODEL,
                        models.SET_NULL,
                        null=True,
                        related_name="comments",
                    ),
                ),
                migrations.AlterField(
                    "comment",
                    "hidden_by",
                    key(
                        settings.AUTH_USER_MODEL,
                        models.SET_NULL,
                        null=True,
                        editable=False,
                        related_name="+",
                    ),
                ),
                migrations.AlterField(
                    "comment",
                    "thread",
                    key("discussions.thread", models.PROTECT, related_name="comments"),
                ),
                migrations.AlterField(
                    "thread",
                    "guide",
                    key("guides.guide", models.PROTECT, related_name="threads"),
                ),
            ],
        ),
    ]
