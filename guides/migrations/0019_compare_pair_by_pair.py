"""What a change of many editions is to readers is found out in time.

PostgreSQL keeps the plan of a function's query. The first one was made for a single
edition, and by it each edition of a wave was compared with every other one. Now the
plan is made anew for as many as there are. Where the text itself is another one, that
is seen without turning the rows, with their search words, into JSON.
"""

from django.db import migrations

TELL = """
CREATE OR REPLACE FUNCTION announce_edition() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    slugs text[];
BEGIN
    EXECUTE
        'SELECT array_agg(DISTINCT g.slug)'
        ' FROM changed JOIN was ON was.id = changed.id'
        '     JOIN guides_guide g ON g.id IN (changed.guide_id, was.guide_id)'
        ' WHERE (changed.state IN (''published'', ''superseded'')'
        '         OR was.state IN (''published'', ''superseded''))'
        '     AND (changed.glossary_version = was.glossary_version'
        '         OR changed.body_html <> was.body_html'
        '         OR changed.explained_html <> was.explained_html'
        '         OR to_jsonb(changed) - $1 <> to_jsonb(was) - $1)'
    INTO slugs USING '{glossary_version,search}'::text[];
    IF slugs IS NOT NULL THEN
        PERFORM announce_guides(slugs);
        PERFORM pg_notify('handover_pages', 'lists');
    END IF;
    RETURN NULL;
END $$;
"""
TELL_AS_BEFORE = """
CREATE OR REPLACE FUNCTION announce_edition() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    slugs text[];
    but text[] := '{glossary_version,search}';
BEGIN
    SELECT array_agg(DISTINCT g.slug) INTO slugs
    FROM changed JOIN was ON was.id = changed.id
        JOIN guides_guide g ON g.id IN (changed.guide_id, was.guide_id)
    WHERE (changed.state IN ('published', 'superseded')
            OR was.state IN ('published', 'superseded'))
        AND (changed.glossary_version = was.glossary_version
            OR to_jsonb(changed) - but <> to_jsonb(was) - but);
    IF slugs IS NOT NULL THEN
        PERFORM announce_guides(slugs);
        PERFORM pg_notify('handover_pages', 'lists');
    END IF;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("guides", "0018_pathways")]

    operations = [migrations.RunSQL(TELL, TELL_AS_BEFORE)]
