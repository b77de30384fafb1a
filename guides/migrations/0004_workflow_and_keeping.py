"""States and verbs of editions, the record of them, and how long guides hold."""

import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import guides.fields


class Migration(migrations.Migration):
    dependencies = [
        ("guides", "0003_published_text_stays"),
        ("landscape", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="GuideAction",
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
                (
                    "verb",
                    models.CharField(
                        choices=[
                            ("submit", "Handed in"),
                            ("take-back", "Taken back to go on writing"),
                            ("assign", "Looked at by a curator"),
                            ("request-changes", "Changes asked for"),
                            ("approve", "Found right"),
                            ("schedule", "Publication planned"),
                            ("unschedule", "Planned publication called off"),
                            ("publish", "Published"),
                            ("discard", "Draft deleted"),
                            ("restore-edition", "Old edition taken up as a draft"),
                            ("withdraw", "Withdrawn"),
                            ("restore", "Shown again"),
                            ("merge", "Merged into another guide"),
                            ("mark-gone", "Taken away for good"),
                            ("rename", "Moved to another address"),
                            ("offer", "Offered to somebody else’s care"),
                            ("accept", "Taken into somebody’s care"),
                            ("decline", "Care declined"),
                            ("hand-over", "Given into somebody’s care"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", guides.fields.ProseField(blank=True)),
                ("private_note", guides.fields.ProseField(blank=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("told_at", models.DateTimeField(editable=False, null=True)),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Reads",
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
                ("day", models.DateField()),
                ("reads", models.PositiveIntegerField(default=0)),
                ("helped", models.PositiveIntegerField(default=0)),
                ("not_helped", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "day of a guide",
                "verbose_name_plural": "reads by day",
            },
        ),
        migrations.CreateModel(
            name="Verification",
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
                (
                    "basis",
                    models.CharField(
                        choices=[
                            (
                                "policies",
                                "I checked the policies and sources it rests on",
                            ),
                            ("asked", "I asked the body that owns the procedure"),
                            ("used", "I did this work myself in the last month"),
                        ],
                        max_length=20,
                        verbose_name="what this rests on",
                    ),
                ),
                (
                    "note",
                    guides.fields.ProseField(
                        blank=True,
                        help_text="What you looked at. Readers will see it.",
                        max_length=600,
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="edition",
            name="own_edition_needs_a_reason",
        ),
        migrations.RemoveIndex(
            model_name="edition",
            name="draft_of_guide",
        ),
        migrations.AddField(
            model_name="edition",
            name="approved_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="edition",
            name="approved_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="edition",
            name="changed_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now,
                db_default=django.db.models.functions.datetime.Now(),
                editable=False,
            ),
        ),
        migrations.AddField(
            model_name="edition",
            name="review_began_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="edition",
            name="reviewer",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="reviews",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="edition",
            name="scheduled_for",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="edition",
            name="submitted_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="edition",
            name="version",
            field=models.PositiveIntegerField(default=1, db_default=1, editable=False),
        ),
        migrations.AddField(
            model_name="guide",
            name="due_on",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="guide",
            name="offered_to",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="offered_guides",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="guide",
            name="reminded_on",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="guide",
            name="review_months",
            field=models.PositiveSmallIntegerField(
                choices=[(3, "3 months"), (6, "6 months"), (12, "a year")],
                default=6,
                db_default=6,
                help_text="How long what it says can be relied on.",
                verbose_name="looked at again every",
            ),
        ),
        migrations.AddField(
            model_name="guide",
            name="start_key",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(
                condition=models.Q(
                    ("state__in", ("published", "superseded")), _negated=True
                ),
                fields=["state", "submitted_at"],
                name="edition_in_work",
            ),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("state__in", ("published", "superseded")), _negated=True
                ),
                fields=("guide",),
                name="one_draft_per_guide",
                violation_error_message="This guide has a draft already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ("draft", "changes-requested")),
                    models.Q(
                        models.Q(("title", ""), _negated=True),
                        models.Q(("summary", ""), _negated=True),
                        models.Q(("body", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="edition_handed_in_is_complete",
            ),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("scheduled_for__isnull", False), ("state", "scheduled")),
                    models.Q(
                        models.Q(("state", "scheduled"), _negated=True),
                        ("scheduled_for__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="scheduled_edition_has_a_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "submitted"), _negated=True),
                    ("submitted_at__isnull", False),
                    _connector="OR",
                ),
                name="submitted_edition_has_a_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    models.Q(("override_reason", ""), _negated=True),
                    models.Q(("approved_by", models.F("created_by")), _negated=True),
                    _connector="OR",
                ),
                name="own_approval_needs_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_by__isnull", True),
                    models.Q(("override_reason", ""), _negated=True),
                    models.Q(("published_by", models.F("created_by")), _negated=True),
                    models.Q(
                        ("approved_by__isnull", False),
                        models.Q(
                            ("approved_by", models.F("created_by")), _negated=True
                        ),
                    ),
                    _connector="OR",
                ),
                name="own_edition_needs_a_reason",
            ),
        ),
        migrations.AddField(
            model_name="guideaction",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="guideaction",
            name="edition",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="actions",
                to="guides.edition",
            ),
        ),
        migrations.AddField(
            model_name="guideaction",
            name="guide",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="actions",
                to="guides.guide",
            ),
        ),
        migrations.AddField(
            model_name="guideaction",
            name="person",
            field=models.ForeignKey(
                help_text="Whom it concerns besides: a reviewer, a new owner.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="reads",
            name="guide",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="read_days",
                to="guides.guide",
            ),
        ),
        migrations.AddField(
            model_name="verification",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="verifications",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="verification",
            name="edition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="verifications",
                to="guides.edition",
            ),
        ),
        migrations.AddField(
            model_name="verification",
            name="guide",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="verifications",
                to="guides.guide",
            ),
        ),
        migrations.AddField(
            model_name="guide",
            name="last_verification",
            field=models.OneToOneField(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="guides.verification",
            ),
        ),
        migrations.AddIndex(
            model_name="guide",
            index=models.Index(
                condition=models.Q(("visibility", "live")),
                fields=["due_on"],
                name="live_guide_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="guide",
            constraint=models.UniqueConstraint(
                fields=("owner", "start_key"), name="guide_is_started_once"
            ),
        ),
        migrations.AddIndex(
            model_name="guideaction",
            index=models.Index(fields=["guide", "-id"], name="actions_of_guide"),
        ),
        migrations.AddConstraint(
            model_name="guideaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), _negated=True),
                    models.Q(
                        (
                            "verb__in",
                            ["request-changes", "withdraw", "mark-gone", "restore"],
                        ),
                        _negated=True,
                    ),
                    _connector="OR",
                ),
                name="guide_action_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="reads",
            constraint=models.UniqueConstraint(
                fields=("guide", "day"), name="one_row_a_day"
            ),
        ),
        migrations.AddIndex(
            model_name="verification",
            index=models.Index(fields=["guide", "-id"], name="verifications_of_guide"),
        ),
        migrations.AddConstraint(
            model_name="verification",
            constraint=models.CheckConstraint(
                condition=models.Q(("basis__in", ["policies", "asked", "used"])),
                name="verification_has_a_basis",
            ),
        ),
    ]
