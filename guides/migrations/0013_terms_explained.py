"""Guides explain the words of the trade, and know by which state of the glossary.

The database counts the states, so that whatever changes a term counts. An edition that
looks as before, by a newer state, is no news to those who keep finished pages.
"""

import django.contrib.postgres.fields
from django.db import migrations, models

COUNT = """
CREATE SEQUENCE guides_glossary_number;
INSERT INTO guides_glossaryversion (id, number)
    VALUES (1, nextval('guides_glossary_number'));

CREATE FUNCTION count_glossary() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- A sequence never gives a number twice, not even one that was rolled back.
    INSERT INTO guides_glossaryversion AS v (id, number)
        VALUES (1, nextval('guides_glossary_number'))
        ON CONFLICT (id) DO UPDATE SET number = excluded.number;
    RETURN NULL;
END $$;
"""
COUNT_NOT = """
DROP FUNCTION count_glossary();
DROP SEQUENCE guides_glossary_number;
"""
COUNTED = ("landscape_term", "landscape_term_jurisdictions", "landscape_jurisdiction")
ON_CHANGE = """
CREATE TRIGGER count_glossary AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION count_glossary();
"""

PLACES = """
CREATE FUNCTION explain_moved_guide() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- A word may mean something else where the guide belongs now.
    UPDATE guides_edition e SET glossary_version = 0
        FROM changed JOIN guides_guide g ON g.id = changed.guide_id
        WHERE e.id = g.live_edition_id AND e.glossary_version <> 0;
    RETURN NULL;
END $$;
CREATE TRIGGER explain_insert AFTER INSERT ON guides_guide_jurisdictions
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION explain_moved_guide();
CREATE TRIGGER explain_delete AFTER DELETE ON guides_guide_jurisdictions
    REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION explain_moved_guide();
"""
PLACES_NOT = """
DROP TRIGGER explain_insert ON guides_guide_jurisdictions;
DROP TRIGGER explain_delete ON guides_guide_jurisdictions;
DROP FUNCTION explain_moved_guide();
"""

TELL = """
CREATE FUNCTION announce_edition() RETURNS trigger LANGUAGE plpgsql AS $$
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
DROP TRIGGER announce_update ON guides_edition;
CREATE TRIGGER announce_update AFTER UPDATE ON guides_edition
    REFERENCING OLD TABLE AS was NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION announce_edition();
"""
TELL_AS_BEFORE = """
DROP TRIGGER announce_update ON guides_edition;
DROP FUNCTION announce_edition();
CREATE TRIGGER announce_update AFTER UPDATE ON guides_edition
    REFERENCING OLD TABLE AS was NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION announce_guide(
        'SELECT slug FROM changed JOIN guides_guide g ON g.id = changed.guide_id '
        'WHERE changed.state IN (''published'', ''superseded'')'
    );
"""

# With a trigger before it, each update of a row would reckon its search words anew.
KEEP = """
DROP TRIGGER keep_published ON guides_edition;
CREATE TRIGGER keep_published {when} UPDATE OR DELETE ON guides_edition
    FOR EACH ROW WHEN (OLD.state IN ('published', 'superseded'))
    EXECUTE FUNCTION guides_keep_published();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("guides", "0012_announce_citations"),
        ("landscape", "0005_no_rings"),
    ]

    operations = [
        migrations.AddField(
            model_name="edition",
            name="explained_html",
            field=models.TextField(db_default="", default="", editable=False),
        ),
        migrations.AddField(
            model_name="edition",
            name="glossary_version",
            field=models.BigIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.AddField(
            model_name="edition",
            name="muted_terms",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=300),
                blank=True,
                db_default=[],
                default=list,
                verbose_name="leave unexplained",
            ),
        ),
        migrations.AddField(
            model_name="edition",
            name="terms",
            field=models.JSONField(db_default=[], default=list, editable=False),
        ),
        migrations.CreateModel(
            name="GlossaryVersion",
            fields=[
                (
                    "id",
                    models.SmallIntegerField(
                        default=1, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.BigIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)), name="one_glossary_version"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="UnknownAcronym",
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
                (
                    "short",
                    models.CharField(
                        max_length=10, unique=True, verbose_name="acronym"
                    ),
                ),
                ("guides", models.PositiveIntegerField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["-guides", "short"], name="unknown_acronym_most_used"
                    )
                ],
            },
        ),
        migrations.RunSQL(COUNT, COUNT_NOT),
        *(
            migrations.RunSQL(
                ON_CHANGE.format(table=table), f"DROP TRIGGER count_glossary ON {table}"
            )
            for table in COUNTED
        ),
        migrations.RunSQL(PLACES, PLACES_NOT),
        migrations.RunSQL(TELL, TELL_AS_BEFORE),
        migrations.RunSQL(KEEP.format(when="AFTER"), KEEP.format(when="BEFORE")),
    ]
