"""The group whose members look after the site."""

from django.db import migrations

from accounts.curators import NAME, make_group


def make(apps, schema_editor):
    """Make the group with its rights."""
    make_group(apps)


def unmake(apps, schema_editor):
    """Take the group away; its members stay."""
    apps.get_model("auth", "Group").objects.filter(name=NAME).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("hub", "0001_initial"),
        ("accounts", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("discussions", "0002_replies_stay_in_their_thread"),
        ("guides", "0003_published_text_stays"),
        ("landscape", "0001_initial"),
    ]

    operations = [migrations.RunPython(make, unmake)]
