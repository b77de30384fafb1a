"""Curators keep the registers of policies, bodies and terms."""

from django.db import migrations

from accounts.curators import make_group


def renew(apps, schema_editor):
    """Give the group the rights of today."""
    make_group(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("hub", "0009_announce_changes"),
        ("landscape", "0005_no_rings"),
    ]

    operations = [migrations.RunPython(renew, migrations.RunPython.noop)]
