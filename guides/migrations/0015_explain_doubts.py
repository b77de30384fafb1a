"""Texts that were explained before say now what is not verified about a term, and keep
what has become of a body free of links."""

from django.db import migrations

AS_IF_A_TERM_HAD_CHANGED = """
UPDATE guides_glossaryversion SET number = nextval('guides_glossary_number')
"""


class Migration(migrations.Migration):
    dependencies = [("guides", "0014_why_blocks")]

    operations = [migrations.RunSQL(AS_IF_A_TERM_HAD_CHANGED, migrations.RunSQL.noop)]
