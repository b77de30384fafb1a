"""What the database itself refuses, and tells to those who keep finished pages.

A ring of what comes before and after would send readers round in circles.
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION refuse_ring() RETURNS trigger LANGUAGE plpgsql AS $$
-- Arguments: the columns of a step's start and end, and a condition on the steps.
DECLARE
    is_ring boolean;
BEGIN
    -- Two steps at once could close a ring that neither sees.
    PERFORM pg_advisory_xact_lock(hashtext(TG_TABLE_NAME));
    EXECUTE format(
        'WITH RECURSIVE ahead(id) AS ('
        '  SELECT ($1).%2$I::bigint WHERE ($1).%2$I IS NOT NULL UNION '
        '  SELECT t.%2$I FROM %3$I t JOIN ahead ON t.%1$I = ahead.id'
        '  WHERE t.%2$I IS NOT NULL AND %4$s'
        ') SELECT EXISTS (SELECT FROM ahead WHERE id = ($1).%1$I)',
        TG_ARGV[0], TG_ARGV[1], TG_TABLE_NAME, TG_ARGV[2]
    ) INTO is_ring USING NEW;
    IF is_ring THEN
        RAISE EXCEPTION 'a ring in %', TG_TABLE_NAME
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NULL;
END $$;
"""
RINGS = {
    "landscape_jurisdiction": ("id", "parent_id", "true", ""),
    "landscape_organisation": ("id", "parent_id", "true", ""),
    "landscape_succession": ("old_id", "new_id", "true", ""),
    "landscape_term": ("id", "replaced_by_id", "true", ""),
    "landscape_policyrelation": (
        *("other_id", "policy_id", "t.kind = ''replaces''"),
        "WHEN (NEW.kind = 'replaces')",
    ),
}
RING = """
CREATE CONSTRAINT TRIGGER no_ring AFTER INSERT OR UPDATE ON {table}
    FOR EACH ROW {when} EXECUTE FUNCTION refuse_ring('{start}', '{end}', '{which}');
"""
TOLD = (
    "landscape_formername",
    "landscape_policy",
    "landscape_policy_jurisdictions",
    "landscape_policyrelation",
    "landscape_succession",
    "landscape_term",
    "landscape_term_jurisdictions",
)
TELL = """
CREATE TRIGGER announce AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION announce_change();
"""


class Migration(migrations.Migration):
    dependencies = [("landscape", "0004_registers")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION refuse_ring()"),
        *(
            migrations.RunSQL(
                RING.format(table=table, start=start, end=end, which=which, when=when),
                f"DROP TRIGGER no_ring ON {table}",
            )
            for table, (start, end, which, when) in RINGS.items()
        ),
        *(
            migrations.RunSQL(
                TELL.format(table=table), f"DROP TRIGGER announce ON {table}"
            )
            for table in TOLD
        ),
    ]
