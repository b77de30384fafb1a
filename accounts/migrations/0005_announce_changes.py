"""Tells web processes which finished pages hold no longer, by NOTIFY.

`hub/page_cache.py` listens. A later table that such a page shows gets a trigger too.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION announce_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('handover_pages', 'all');
    RETURN NULL;
END $$;
COMMENT ON FUNCTION announce_change IS 'Every finished page may show this table.';

CREATE FUNCTION announce_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Signing in changes a row too, but nothing that a page shows.
    IF EXISTS (
        SELECT FROM changed JOIN was USING (id)
        WHERE (changed.display_name, changed.handle, changed.is_active)
            IS DISTINCT FROM (was.display_name, was.handle, was.is_active)
    ) THEN
        PERFORM pg_notify('handover_pages', 'all');
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER announce_update AFTER UPDATE ON accounts_user
    REFERENCING OLD TABLE AS was NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION announce_person();
CREATE TRIGGER announce_delete AFTER DELETE OR TRUNCATE ON accounts_user
    FOR EACH STATEMENT EXECUTE FUNCTION announce_change();
"""

DROP = """
DROP TRIGGER announce_update ON accounts_user;
DROP TRIGGER announce_delete ON accounts_user;
DROP FUNCTION announce_person();
DROP FUNCTION announce_change();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_curators_notes")]

    operations = [migrations.RunSQL(CREATE, DROP)]
