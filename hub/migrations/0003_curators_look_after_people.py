"""Curators look after reports and members as well."""

from django.db import migrations

from accounts.curators import make_group


def renew(apps, schema_editor):
    """Give the group the rights of today."""
    make_group(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("hub", "0002_curators"),
        ("discussions", "0003_moderation_reports_and_pending_replies"),
    ]

    operations = [migrations.RunPython(renew, migrations.RunPython.noop)]
