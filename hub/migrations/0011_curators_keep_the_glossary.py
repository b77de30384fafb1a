"""Curators write the glossary, and see which acronyms it lacks."""

from django.db import migrations

from accounts.curators import make_group


def renew(apps, schema_editor):
    """Give the group the rights of today."""
    make_group(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("hub", "0010_curators_follow_changes"),
        ("guides", "0013_terms_explained"),
        ("landscape", "0005_no_rings"),
    ]

    operations = [migrations.RunPython(renew, migrations.RunPython.noop)]
