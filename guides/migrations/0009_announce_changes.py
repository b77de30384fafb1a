"""What changes in a guide is announced to those who keep finished pages.

Drafts are no page's business: only what is or was public is told.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION announce_guides(slugs text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    slug text;
BEGIN
    IF cardinality(slugs) > 50 THEN
        PERFORM pg_notify('handover_pages', 'all');
    ELSIF slugs IS NOT NULL THEN
        FOREACH slug IN ARRAY slugs LOOP
            PERFORM pg_notify('handover_pages', 'guide ' || slug);
        END LOOP;
    END IF;
END $$;

-- The argument is a query for the slugs of the guides that `changed` rows belong to.
CREATE FUNCTION announce_guide() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    slugs text[];
    were text[];
BEGIN
    EXECUTE format('SELECT array_agg(DISTINCT slug) FROM (%s) s', TG_ARGV[0])
        INTO slugs;
    IF TG_OP = 'UPDATE' THEN
        EXECUTE format(
            'SELECT array_agg(DISTINCT slug) FROM (%s) s',
            replace(TG_ARGV[0], 'changed', 'was')
        ) INTO were;
        slugs := slugs || were;
    END IF;
    IF slugs IS NOT NULL THEN
        PERFORM announce_guides(slugs);
        PERFORM pg_notify('handover_pages', 'lists');
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER announce
    AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON guides_topic
    FOR EACH STATEMENT EXECUTE FUNCTION announce_change();
"""

DROP = """
DROP TRIGGER announce ON guides_topic;
DROP FUNCTION announce_guide();
DROP FUNCTION announce_guides(text[]);
"""

OF_GUIDES = {
    "guides_guide": "SELECT slug FROM changed WHERE visibility <> ''unpublished''",
    "guides_edition": (
        "SELECT slug FROM changed JOIN guides_guide g ON g.id = changed.guide_id "
        "WHERE changed.state IN (''published'', ''superseded'')"
    ),
    **dict.fromkeys(
        (
            "guides_guide_topics",
            "guides_guide_jurisdictions",
            "guides_guide_organisations",
            "guides_verification",
        ),
        "SELECT slug FROM changed JOIN guides_guide g ON g.id = changed.guide_id",
    ),
}
CREATE_OF = """
CREATE TRIGGER announce_insert AFTER INSERT ON {table}
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION announce_guide('{slugs}');
CREATE TRIGGER announce_update AFTER UPDATE ON {table}
    REFERENCING OLD TABLE AS was NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION announce_guide('{slugs}');
CREATE TRIGGER announce_delete AFTER DELETE ON {table}
    REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION announce_guide('{slugs}');
CREATE TRIGGER announce_truncate AFTER TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION announce_change();
"""
DROP_OF = """
DROP TRIGGER announce_insert ON {table};
DROP TRIGGER announce_update ON {table};
DROP TRIGGER announce_delete ON {table};
DROP TRIGGER announce_truncate ON {table};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("guides", "0008_edition_survives_its_approver"),
        ("accounts", "0005_announce_changes"),
    ]

    operations = [
        migrations.RunSQL(CREATE, DROP),
        *(
            migrations.RunSQL(
                CREATE_OF.format(table=table, slugs=slugs), DROP_OF.format(table=table)
            )
            for table, slugs in OF_GUIDES.items()
        ),
    ]
