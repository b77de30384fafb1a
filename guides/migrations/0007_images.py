"""Images in guides."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import guides.fields


class Migration(migrations.Migration):
    dependencies = [
        ("guides", "0006_topic_merging"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Image",
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
                ("name", models.CharField(editable=False, max_length=32, unique=True)),
                (
                    "alt",
                    guides.fields.LineField(
                        blank=True, max_length=300, verbose_name="description"
                    ),
                ),
                (
                    "is_decorative",
                    models.BooleanField(default=False, verbose_name="decoration only"),
                ),
                (
                    "sizes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveIntegerField(),
                        editable=False,
                        help_text="Bytes of each file, the narrowest first.",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False
                    ),
                ),
                (
                    "guide",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="images",
                        to="guides.guide",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="images",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(
                        fields=["uploaded_by", "created_at"], name="images_of_a_day"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "name__regex",
                                "^[a-z0-9]{22}-[1-9][0-9]{0,3}x[1-9][0-9]{0,3}$",
                            )
                        ),
                        name="image_name_says_its_size",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("alt", ""), ("is_decorative", True)),
                            models.Q(
                                ("is_decorative", False),
                                models.Q(("alt", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="image_has_words_or_is_decoration",
                        violation_error_message="Describe the image, or say that it is decoration only: one of the two.",
                    ),
                ],
            },
        ),
    ]
