"""Every live guide has a day by which somebody looks at it again, and what was done
to guides is kept as it was written."""

from django.db import migrations, models

KEEP_ACTIONS = """
CREATE FUNCTION guides_keep_actions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF EXISTS (SELECT FROM guides_guide
                   WHERE id = OLD.guide_id AND first_published_at IS NOT NULL)
        THEN
            RAISE EXCEPTION 'What was done to a guide is kept.'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN OLD;
    END IF;
    -- People and drafts may go; that a mail was written is noted.
    IF (to_jsonb(OLD) - 'by_id' - 'person_id' - 'edition_id' - 'told_at')
        IS DISTINCT FROM
       (to_jsonb(NEW) - 'by_id' - 'person_id' - 'edition_id' - 'told_at')
        OR NEW.by_id IS NOT NULL AND NEW.by_id IS DISTINCT FROM OLD.by_id
        OR NEW.person_id IS NOT NULL AND NEW.person_id IS DISTINCT FROM OLD.person_id
        OR NEW.edition_id IS NOT NULL
            AND NEW.edition_id IS DISTINCT FROM OLD.edition_id
    THEN
        RAISE EXCEPTION 'What was done to a guide is kept as it was written.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_actions BEFORE UPDATE OR DELETE ON guides_guideaction
    FOR EACH ROW EXECUTE FUNCTION guides_keep_actions();
"""
FORGET_ACTIONS = """
DROP TRIGGER keep_actions ON guides_guideaction;
DROP FUNCTION guides_keep_actions();
"""
SET_DUE_DAYS = """
UPDATE guides_guide AS guide
SET due_on = (coalesce(edition.sources_read_on, guide.first_published_at::date)
              + interval '6 months')::date
FROM guides_edition AS edition
WHERE edition.id = guide.live_edition_id
"""


class Migration(migrations.Migration):
    dependencies = [("guides", "0004_workflow_and_keeping")]

    operations = [
        migrations.RunSQL(SET_DUE_DAYS, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="guide",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("visibility", "live"), _negated=True),
                    ("due_on__isnull", False),
                    _connector="OR",
                ),
                name="live_guide_is_due_some_day",
            ),
        ),
        migrations.RunSQL(KEEP_ACTIONS, FORGET_ACTIONS),
    ]
