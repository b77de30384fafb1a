"""Searches that found something are counted a day at a time, and about nobody."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("guides", "0016_lists_end_early")]

    operations = [
        migrations.CreateModel(
            name="AskedSearch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("query", models.CharField(max_length=40)),
                ("day", models.DateField()),
                ("times", models.PositiveIntegerField(default=1)),
            ],
            options={
                "verbose_name": "search with a result",
                "verbose_name_plural": "searches with a result",
                "indexes": [models.Index(fields=["day"], name="searches_of_a_day")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("query", "day"), name="asked_search_once_a_day"
                    )
                ],
            },
        )
    ]
