"""Who hid a comment, of the few that somebody hid."""

from django.db import migrations, models

# What a killed attempt left is of no use, and has the name.
CREATE = [
    "DROP INDEX CONCURRENTLY IF EXISTS comment_hidden_by",
    "CREATE INDEX CONCURRENTLY comment_hidden_by ON discussions_comment (hidden_by_id) "
    "WHERE hidden_by_id IS NOT NULL",
]


class Migration(migrations.Migration):
    atomic = False  # nobody who posts meanwhile waits
    dependencies = [("discussions", "0005_announce_moves")]

    operations = [
        migrations.RunSQL(
            CREATE,
            CREATE[:1],
            [
                migrations.AddIndex(
                    "comment",
                    models.Index(
                        fields=["hidden_by"],
                        condition=models.Q(hidden_by__isnull=False),
                        name="comment_hidden_by",
                    ),
                )
            ],
        )
    ]
