"""Blocks that say why something is as it is, in a table of their own for the list of
all. A guide's page does not read it, but what changes in it is announced to the list.

Texts from before have none: `manage.py rerender` finds those that were typed early.
"""

import django.db.models.deletion
from django.db import migrations, models

SLUGS = (
    "SELECT slug FROM changed JOIN guides_edition e ON e.id = changed.edition_id "
    "JOIN guides_guide g ON g.id = e.guide_id "
    "WHERE e.state IN (''published'', ''superseded'')"
)
ANNOUNCE = f"""
CREATE TRIGGER announce_insert AFTER INSERT ON guides_whyblock
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION announce_guide('{SLUGS}');
CREATE TRIGGER announce_update AFTER UPDATE ON guides_whyblock
    REFERENCING OLD TABLE AS was NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION announce_guide('{SLUGS}');
CREATE TRIGGER announce_delete AFTER DELETE ON guides_whyblock
    REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION announce_guide('{SLUGS}');
CREATE TRIGGER announce_truncate AFTER TRUNCATE ON guides_whyblock
    FOR EACH STATEMENT EXECUTE FUNCTION announce_change();
"""
ANNOUNCE_NOT = """
DROP TRIGGER announce_insert ON guides_whyblock;
DROP TRIGGER announce_update ON guides_whyblock;
DROP TRIGGER announce_delete ON guides_whyblock;
DROP TRIGGER announce_truncate ON guides_whyblock;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("guides", "0013_terms_explained"),
        ("landscape", "0006_names_between_bars"),
    ]

    operations = [
        migrations.CreateModel(
            name="WhyBlock",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("block", models.CharField(max_length=20)),
                ("title", models.CharField(max_length=80)),
                ("rule", models.TextField()),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="why_blocks",
                        to="guides.edition",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        help_text="The first body that it names.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="why_blocks",
                        to="landscape.organisation",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        help_text="The first policy that it cites.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="why_blocks",
                        to="landscape.policy",
                    ),
                ),
            ],
            options={
                "ordering": ["edition", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "block"), name="why_block_once_an_edition"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True),
                            models.Q(("rule", ""), _negated=True),
                            models.Q(("block", ""), _negated=True),
                        ),
                        name="why_block_is_complete",
                    ),
                ],
            },
        ),
        migrations.RunSQL(ANNOUNCE, ANNOUNCE_NOT),
    ]
