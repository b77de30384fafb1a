"""The new sections stand in their usual places until curators arrange them."""

from django.db import migrations

from accounts.curators import make_group
from hub.usual_home import add_missing


def begin(apps, schema_editor):
    """Put the new sections where they usually are, and let curators arrange them."""
    add_missing(apps)
    make_group(apps)


def end(apps, schema_editor):
    """Take away what an older release has no name for."""
    sections = apps.get_model("hub", "HomeSection").objects
    sections.filter(kind__in=["pathway", "verified", "searches"]).delete()


class Migration(migrations.Migration):
    dependencies = [("hub", "0012_home_sections_of_more_kinds")]

    operations = [migrations.RunPython(begin, end)]
