"""The home page can have a pathway, guides found still correct and words often looked
up; signed-out readers see what changes in them at once."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Lower

import guides.fields

KINDS = ["pathway", "first", "verified", "newest", "topics", "searches", "chosen"]
ANNOUNCE = """
CREATE TRIGGER announce AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON hub_homesearch
    FOR EACH STATEMENT EXECUTE FUNCTION announce_change();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("hub", "0011_curators_keep_the_glossary"),
        ("guides", "0017_searches_asked"),
    ]

    operations = [
        migrations.RemoveConstraint("homesection", "home_section_kind_is_known"),
        migrations.AlterField(
            "homesection",
            "kind",
            models.CharField(
                choices=[
                    ("pathway", "The pathway for newcomers"),
                    ("first", "Guides around the first day"),
                    ("verified", "Guides found still correct"),
                    ("newest", "New and changed guides"),
                    ("topics", "Topics"),
                    ("searches", "Words often looked up"),
                    ("chosen", "Guides that curators choose"),
                ],
                default="chosen",
                editable=False,
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            "homesection",
            models.CheckConstraint(
                condition=models.Q(kind__in=KINDS), name="home_section_kind_is_known"
            ),
        ),
        migrations.CreateModel(
            name="HomeSearch",
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
                ("words", guides.fields.LineField(max_length=40)),
                (
                    "order",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="Lowest comes first."
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="searches",
                        to="hub.homesection",
                    ),
                ),
            ],
            options={
                "verbose_name": "words often looked up",
                "verbose_name_plural": "words often looked up",
                "ordering": ["order", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        "section",
                        Lower("words"),
                        name="home_section_shows_words_once",
                        violation_error_message="These words stand there already.",
                    ),
                    models.CheckConstraint(
                        condition=~models.Q(words=""), name="home_search_has_words"
                    ),
                ],
            },
        ),
        migrations.RunSQL(ANNOUNCE, "DROP TRIGGER announce ON hub_homesearch"),
    ]
