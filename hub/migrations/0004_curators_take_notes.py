"""Curators write down what a colleague should know about a member."""

from django.db import migrations

from accounts.curators import make_group


def renew(apps, schema_editor):
    """Give the group the rights of today."""
    make_group(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("hub", "0003_curators_look_after_people"),
        ("accounts", "0004_curators_notes"),
    ]

    operations = [migrations.RunPython(renew, migrations.RunPython.noop)]
