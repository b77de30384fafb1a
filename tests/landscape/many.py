"""Registers with as many rows as a test wants."""

from django.db import connection

PLACES = """
INSERT INTO landscape_jurisdiction (slug, name, parent_id)
SELECT 'place-' || n, 'Place ' || n, NULL FROM generate_series(1, 9) n
"""
BODIES = """
INSERT INTO landscape_organisation (slug, name, abbreviation, aliases, kind, status,
    opened, closed, purpose, address, needs_check, check_note, checked_on)
SELECT 'body-' || n, 'Office number ' || n, 'BDY' || n, '{}', 'team',
    CASE WHEN n %% 10 = 0 THEN 'renamed' ELSE 'active' END, '2001',
    CASE WHEN n %% 10 = 0 THEN '2020' ELSE '' END, 'It looks after a part of it.', '',
    false, '', now()
FROM generate_series(1, %s) n
"""
PARENTS = """
UPDATE landscape_organisation o SET parent_id = p.id FROM landscape_organisation p
WHERE p.slug = 'body-' || (substr(o.slug, 6)::int / 8) AND o.slug <> p.slug
"""
STEPS = """
INSERT INTO landscape_succession (old_id, new_id, kind, "on", note)
SELECT old.id, new.id, 'renamed', '2020', '' FROM landscape_organisation old
JOIN landscape_organisation new ON new.slug = 'body-' || (substr(old.slug, 6)::int + 1)
WHERE old.status = 'renamed'
"""
NAMES = """
INSERT INTO landscape_formername (organisation_id, name, abbreviation, since, until)
SELECT id, 'Bureau ' || slug, 'OLD' || substr(slug, 6), '1999', '2001'
FROM landscape_organisation
"""
POLICIES = """
INSERT INTO landscape_policy (slug, title, abbreviation, aliases, kind, status, force,
    reach, owner_id, issued, in_force_from, ended, address, summary, why, needs_check,
    check_note, checked_on)
SELECT 'policy-' || n, 'Standard with rule ' || n, 'PLC' || n, ARRAY['Rule ' || n],
    (ARRAY['act', 'standard', 'guidance'])[1 + n %% 3],
    (ARRAY['in-force', 'proposed'])[1 + n %% 2], 'law', 'bound', o.id, '2019', '', '',
    'https://policy.example/', 'What services must meet.', 'Assessors ask for it.',
    false, '', now()
FROM generate_series(1, %s) n
JOIN landscape_organisation o ON o.slug = 'body-' || (1 + n %% 200)
"""
RELATIONS = """
INSERT INTO landscape_policyrelation (policy_id, other_id, kind, since, scope)
SELECT p.id, o.id, 'amends', '2020', '' FROM landscape_policy p
JOIN landscape_policy o ON o.slug = 'policy-' || (substr(p.slug, 8)::int + 1)
"""
TERMS = """
INSERT INTO landscape_term (slug, short, long, meaning, kind, aliases, since, until,
    is_explained, sources, needs_check, check_note, checked_on)
SELECT 'term-' || n, 'T' || n / 2, 'term number ' || n, 'Who answers for money.',
    'acronym', '{}', '', '', true, '{}', false, '', now() FROM generate_series(1, %s) n
"""
HOLD = """
INSERT INTO landscape_{table}_jurisdictions ({table}_id, jurisdiction_id)
SELECT t.id, j.id FROM landscape_{table} t
JOIN landscape_jurisdiction j ON j.slug = 'place-' || (1 + t.id %% 9)
"""
TABLES = ["policy", "organisation", "term"]


def fill(number: int) -> None:
    """So many policies, bodies and terms, with the statistics of a running site."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        # Checked row by row, rings would take longer than the rest together.
        cursor.execute("SET LOCAL session_replication_role = replica")
        for sql in PLACES, BODIES, PARENTS, STEPS, NAMES, POLICIES, RELATIONS, TERMS:
            cursor.execute(sql, [number] if "%s" in sql else [])
        for table in TABLES:
            cursor.execute(HOLD.format(table=table), [])
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
        for table in *TABLES, "formername":
            # What VACUUM does: a list of new rows makes an index look slow.
            index = NAMES_INDEX.get(table, f"{table}_names_parts")
            cursor.execute("SELECT gin_clean_pending_list(%s)", [index])
            cursor.execute(f"ANALYZE landscape_{table}")
        cursor.execute("ANALYZE landscape_succession, landscape_policyrelation")


NAMES_INDEX = {"formername": "former_names_parts"}
