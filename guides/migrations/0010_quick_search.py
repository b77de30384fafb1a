"""Searches find the newest guides of a common word, and words alike, at once.

The new indexes are made before the old ones go, so that no search is without one.
"""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("guides", "0009_announce_changes")]

    operations = [
        migrations.AddIndex(
            "edition",
            GinIndex(
                models.F("search"),
                models.Func(models.F("id") / 1024, template="ARRAY[%(expressions)s]"),
                name="published_edition_words",
                condition=models.Q(state="published"),
                fastupdate=False,
            ),
        ),
        migrations.RemoveIndex("edition", "published_edition_search"),
        migrations.AddIndex(
            "word",
            GinIndex(
                OpClass("word", name="gin_trgm_ops"),
                name="words_alike",
                fastupdate=False,
            ),
        ),
        migrations.RemoveIndex("word", "word_trigrams"),
    ]
