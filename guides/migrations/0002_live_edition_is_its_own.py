"""A guide's live edition is one of its own: Django has no composite foreign key."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("guides", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            ALTER TABLE guides_edition
                ADD CONSTRAINT edition_of_guide UNIQUE (guide_id, id);
            ALTER TABLE guides_guide
                ADD CONSTRAINT live_edition_is_its_own
                FOREIGN KEY (id, live_edition_id)
                REFERENCES guides_edition (guide_id, id)
                DEFERRABLE INITIALLY DEFERRED;
            """,
            """
            ALTER TABLE guides_guide DROP CONSTRAINT live_edition_is_its_own;
            ALTER TABLE guides_edition DROP CONSTRAINT edition_of_guide;
            """,
        )
    ]
