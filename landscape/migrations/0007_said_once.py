"""A body takes the place of another once, whatever day was thought of first."""

from django.db import migrations, models

KEEP_THE_LAST_SAID = """
DELETE FROM landscape_succession AS earlier USING landscape_succession AS later
WHERE (earlier.old_id, earlier.new_id) = (later.old_id, later.new_id)
    AND earlier.kind <> 'took-over' AND later.kind <> 'took-over'
    AND earlier.id < later.id
"""
WORDS = "This is said already."


class Migration(migrations.Migration):
    dependencies = [("landscape", "0006_names_between_bars")]

    operations = [
        migrations.AddField(
            "organisation",
            "changed_at",
            models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            "policy", "changed_at", models.DateTimeField(editable=False, null=True)
        ),
        migrations.RunSQL(KEEP_THE_LAST_SAID, migrations.RunSQL.noop),
        migrations.RemoveConstraint("succession", "succession_once"),
        migrations.AddConstraint(
            "succession",
            models.UniqueConstraint(
                condition=~models.Q(kind="took-over"),
                fields=["old", "new"],
                name="succession_once",
                violation_error_message=WORDS,
            ),
        ),
        migrations.AddConstraint(
            "succession",
            models.UniqueConstraint(
                condition=models.Q(kind="took-over"),
                fields=["old", "new", "on"],
                name="handover_once",
                violation_error_message=WORDS,
            ),
        ),
    ]
