"""What readers have seen is history: a published edition's words cannot change.

The HTML made from them may, when the renderer does. Only these steps of the state
are possible afterwards: published to superseded.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("guides", "0002_live_edition_is_its_own")]

    operations = [
        migrations.RunSQL(
            """
            CREATE FUNCTION guides_keep_published() RETURNS trigger
            LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'DELETE' THEN
                    RAISE EXCEPTION 'A published edition is kept.'
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                IF (OLD.guide_id, OLD.number, OLD.title, OLD.summary, OLD.body,
                    OLD.byline, OLD.change_note, OLD.override_reason,
                    OLD.published_at, OLD.is_minor, OLD.sources_read_on)
                    IS DISTINCT FROM
                   (NEW.guide_id, NEW.number, NEW.title, NEW.summary, NEW.body,
                    NEW.byline, NEW.change_note, NEW.override_reason,
                    NEW.published_at, NEW.is_minor, NEW.sources_read_on)
                    OR NEW.created_by_id IS NOT NULL
                        AND NEW.created_by_id IS DISTINCT FROM OLD.created_by_id
                    OR NEW.state <> OLD.state AND NEW.state <> 'superseded'
                THEN
                    RAISE EXCEPTION 'A published edition stays as it was read.'
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER keep_published BEFORE UPDATE OR DELETE ON guides_edition
                FOR EACH ROW WHEN (OLD.state IN ('published', 'superseded'))
                EXECUTE FUNCTION guides_keep_published();
            """,
            """
            DROP TRIGGER keep_published ON guides_edition;
            DROP FUNCTION guides_keep_published();
            """,
        )
    ]
