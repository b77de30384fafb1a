"""What the database holds that Django cannot say.

A thread is about an edition of its own guide, a reply answers a comment of its own
thread, and the record of what curators did can
be added to but not changed.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("discussions", "0001_initial"),
        ("guides", "0002_live_edition_is_its_own"),
    ]

    operations = [
        migrations.RunSQL(
            """
            ALTER TABLE discussions_comment
                ADD CONSTRAINT comment_of_thread UNIQUE (thread_id, id);
            ALTER TABLE discussions_comment
                ADD CONSTRAINT reply_stays_in_its_thread
                FOREIGN KEY (thread_id, in_reply_to_id)
                REFERENCES discussions_comment (thread_id, id)
                DEFERRABLE INITIALLY DEFERRED;
            """,
            """
            ALTER TABLE discussions_comment
                DROP CONSTRAINT reply_stays_in_its_thread;
            ALTER TABLE discussions_comment DROP CONSTRAINT comment_of_thread;
            """,
        ),
        migrations.RunSQL(
            """
            ALTER TABLE discussions_thread
                ADD CONSTRAINT thread_is_about_an_edition_of_its_guide
                FOREIGN KEY (guide_id, edition_id)
                REFERENCES guides_edition (guide_id, id)
                DEFERRABLE INITIALLY DEFERRED;
            """,
            """
            ALTER TABLE discussions_thread
                DROP CONSTRAINT thread_is_about_an_edition_of_its_guide;
            """,
        ),
        migrations.RunSQL(
            """
            CREATE FUNCTION discussions_keep_moderation() RETURNS trigger
            LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'DELETE' OR (to_jsonb(OLD) - 'by_id')
                    IS DISTINCT FROM (to_jsonb(NEW) - 'by_id')
                    OR NEW.by_id IS NOT NULL AND OLD.by_id IS DISTINCT FROM NEW.by_id
                THEN
                    RAISE EXCEPTION 'What curators did is kept as it was written.'
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER keep_moderation
                BEFORE UPDATE OR DELETE ON discussions_moderationaction
                FOR EACH ROW EXECUTE FUNCTION discussions_keep_moderation();
            """,
            """
            DROP TRIGGER keep_moderation ON discussions_moderationaction;
            DROP FUNCTION discussions_keep_moderation();
            """,
        ),
    ]
