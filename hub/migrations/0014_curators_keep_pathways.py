"""Curators keep the pathways and their steps."""

from django.db import migrations

from accounts.curators import make_group


def renew(apps, schema_editor):
    """Give the group the rights of today."""
    make_group(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("hub", "0013_home_sections_stand"),
        ("guides", "0018_pathways"),
    ]

    operations = [migrations.RunPython(renew, migrations.RunPython.noop)]
