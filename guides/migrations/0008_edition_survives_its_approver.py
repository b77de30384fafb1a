"""An edition outlives whoever approved it; the record knows a former owner."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("guides", "0007_images"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="edition",
            name="own_edition_needs_a_reason",
        ),
        migrations.AddField(
            model_name="guideaction",
            name="former_owner",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="guideaction",
            name="verb",
            field=models.CharField(
                choices=[
                    ("submit", "Handed in"),
                    ("take-back", "Taken back to go on writing"),
                    ("assign", "Looked at by a curator"),
                    ("request-changes", "Changes asked for"),
                    ("approve", "Found right"),
                    ("schedule", "Publication planned"),
                    ("unschedule", "Planned publication called off"),
                    ("publish", "Published"),
                    ("discard", "Draft deleted"),
                    ("restore-edition", "Old edition taken up as a draft"),
                    ("withdraw", "Withdrawn"),
                    ("restore", "Shown again"),
                    ("merge", "Merged into another guide"),
                    ("mark-gone", "Taken away for good"),
                    ("rename", "Moved to another address"),
                    ("offer", "Offered to somebody else’s care"),
                    ("accept", "Taken into somebody’s care"),
                    ("decline", "Care declined"),
                    ("hand-over", "Given into somebody’s care"),
                    ("describe", "Described anew"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_by__isnull", True),
                    models.Q(("override_reason", ""), _negated=True),
                    models.Q(("published_by", models.F("created_by")), _negated=True),
                    models.Q(
                        ("approved_at__isnull", False),
                        models.Q(
                            ("approved_by", models.F("created_by")), _negated=True
                        ),
                    ),
                    _connector="OR",
                ),
                name="own_edition_needs_a_reason",
            ),
        ),
    ]
