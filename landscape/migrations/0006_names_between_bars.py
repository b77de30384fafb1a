"""Every name of a row in one column, so that one index finds any of them."""

import django.contrib.postgres.indexes
import django.db.models.functions.text
from django.db import migrations, models

FUNCTION = """
CREATE FUNCTION names_between_bars(name text, short text, others text[] DEFAULT '{}')
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT '|' || array_to_string(array_remove(name || (short || others), ''), '|')
        || '|'
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("landscape", "0005_no_rings"),
    ]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION names_between_bars"),
        migrations.RemoveIndex(
            model_name="formername",
            name="former_name_parts",
        ),
        migrations.RemoveIndex(
            model_name="formername",
            name="former_short_parts",
        ),
        migrations.RemoveIndex(
            model_name="organisation",
            name="organisation_name_parts",
        ),
        migrations.RemoveIndex(
            model_name="organisation",
            name="organisation_short_parts",
        ),
        migrations.RemoveIndex(
            model_name="policy",
            name="policy_title_parts",
        ),
        migrations.RemoveIndex(
            model_name="policy",
            name="policy_short_parts",
        ),
        migrations.RemoveIndex(
            model_name="term",
            name="term_short_parts",
        ),
        migrations.RemoveIndex(
            model_name="term",
            name="term_long_parts",
        ),
        migrations.AddField(
            model_name="formername",
            name="names",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(
                    models.F("name"),
                    models.F("abbreviation"),
                    function="names_between_bars",
                    output_field=models.TextField(),
                ),
                output_field=models.TextField(),
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="names",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(
                    models.F("name"),
                    models.F("abbreviation"),
                    models.F("aliases"),
                    function="names_between_bars",
                    output_field=models.TextField(),
                ),
                output_field=models.TextField(),
            ),
        ),
        migrations.AddField(
            model_name="policy",
            name="names",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(
                    models.F("title"),
                    models.F("abbreviation"),
                    models.F("aliases"),
                    function="names_between_bars",
                    output_field=models.TextField(),
                ),
                output_field=models.TextField(),
            ),
        ),
        migrations.AddField(
            model_name="term",
            name="names",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(
                    models.F("short"),
                    models.F("long"),
                    models.F("aliases"),
                    function="names_between_bars",
                    output_field=models.TextField(),
                ),
                output_field=models.TextField(),
            ),
        ),
        migrations.AddIndex(
            model_name="formername",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Upper("names"), name="gin_trgm_ops"
                ),
                name="former_names_parts",
            ),
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Upper("names"), name="gin_trgm_ops"
                ),
                name="organisation_names_parts",
            ),
        ),
        migrations.AddIndex(
            model_name="policy",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Upper("names"), name="gin_trgm_ops"
                ),
                name="policy_names_parts",
            ),
        ),
        migrations.AddIndex(
            model_name="term",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Upper("names"), name="gin_trgm_ops"
                ),
                name="term_names_parts",
            ),
        ),
    ]
