"""A day on which words change is begun late if the worker was down as it came."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("guides", "0019_compare_pair_by_pair")]

    operations = [
        migrations.AddField(
            model_name="glossaryversion",
            name="day",
            field=models.DateField(help_text="The last one that was begun.", null=True),
        ),
    ]
