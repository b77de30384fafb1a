"""Curators see what guides cite, and follow up what changes."""

from django.db import migrations

from accounts.curators import make_group


def renew(apps, schema_editor):
    """Give the group the rights of today."""
    make_group(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("hub", "0010_curators_keep_the_registers"),
        ("guides", "0011_citations_and_tasks"),
        ("landscape", "0004_registers"),
    ]

    operations = [migrations.RunPython(renew, migrations.RunPython.noop)]
