"""Curators read what was done to guides, and who checked them."""

from django.db import migrations

from accounts.curators import make_group


def renew(apps, schema_editor):
    """Give the group the rights of today."""
    make_group(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("hub", "0007_stored_files"),
        ("guides", "0005_guides_fall_due"),
    ]

    operations = [migrations.RunPython(renew, migrations.RunPython.noop)]
