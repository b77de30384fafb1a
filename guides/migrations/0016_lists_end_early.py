"""Lists of guides end after a page, and counts read an index, however many there are."""

from django.db import migrations, models
from django.db.models import Case, Q, When

BEFORE, DAY, WEEK = "before-you-start", "first-day", "first-week"


class Migration(migrations.Migration):
    dependencies = [("guides", "0015_explain_doubts")]

    operations = [
        migrations.AddIndex(
            "guide",
            models.Index(
                fields=["id"],
                include=["kind", "stages", "professions"],
                name="live_guide",
                condition=Q(visibility="live"),
            ),
        ),
        migrations.AddIndex(
            "guide",
            models.Index(
                Case(
                    When(stages__contains=[BEFORE], then=0),
                    When(stages__contains=[DAY], then=1),
                    default=2,
                ),
                "first_published_at",
                "id",
                name="live_guide_at_arrival",
                condition=Q(stages__overlap=[BEFORE, DAY, WEEK], visibility="live"),
            ),
        ),
    ]
