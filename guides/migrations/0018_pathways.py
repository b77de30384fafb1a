"""Pathways through guides and tasks, and plans of people. The public tables are shown by
finished pages, so what changes in them is announced."""

import uuid

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import guides.fields

TABLES = ("guides_pathway", "guides_step")
CREATE = """
CREATE TRIGGER announce AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION announce_change();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("guides", "0017_searches_asked"),
        ("landscape", "0008_in_part"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Pathway",
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
                    "professions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("developer", "Developer"),
                                ("technical-architect", "Technical architect"),
                                ("service-designer", "Service designer"),
                                ("interaction-designer", "Interaction designer"),
                                ("content-designer", "Content designer"),
                                ("user-researcher", "User researcher"),
                                ("product-manager", "Product manager"),
                                ("delivery-manager", "Delivery manager"),
                                ("business-analyst", "Business analyst"),
                                ("data", "Data"),
                                ("security", "Security"),
                                ("performance", "Performance"),
                                ("test", "Test"),
                                ("operations", "Operations"),
                                ("commercial", "Commercial"),
                                ("policy", "Policy"),
                            ],
                            max_length=30,
                        ),
                        blank=True,
                        default=list,
                    ),
                ),
                (
                    "tiers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("central-department", "Central department"),
                                ("executive-agency", "Executive agency"),
                                ("ndpb", "Non-departmental public body"),
                                ("devolved", "Devolved government"),
                                ("local", "Local government"),
                                ("nhs", "NHS"),
                                ("police", "Police"),
                                ("regulator", "Regulator"),
                                ("parliament", "Parliament"),
                                ("cross-government", "Across government"),
                            ],
                            max_length=30,
                        ),
                        blank=True,
                        default=list,
                    ),
                ),
                (
                    "slug",
                    models.CharField(
                        help_text="The last part of its address. It stays.",
                        max_length=80,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+(-[a-z0-9]+)*$",
                                "Use small letters, numbers and -.",
                            )
                        ],
                    ),
                ),
                ("title", guides.fields.LineField(max_length=120)),
                ("summary", guides.fields.LineField(max_length=300)),
                (
                    "done_when",
                    guides.fields.ProseField(
                        help_text="What it is good for.",
                        max_length=600,
                        verbose_name="you have arrived when",
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("newcomers", "For newcomers"),
                            ("veterans", "For veterans"),
                            ("curators", "For curators"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "order",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="Lowest comes first."
                    ),
                ),
            ],
            options={
                "ordering": ["order", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "professions__contained_by",
                                [
                                    "developer",
                                    "technical-architect",
                                    "service-designer",
                                    "interaction-designer",
                                    "content-designer",
                                    "user-researcher",
                                    "product-manager",
                                    "delivery-manager",
                                    "business-analyst",
                                    "data",
                                    "security",
                                    "performance",
                                    "test",
                                    "operations",
                                    "commercial",
                                    "policy",
                                ],
                            ),
                            (
                                "tiers__contained_by",
                                [
                                    "central-department",
                                    "executive-agency",
                                    "ndpb",
                                    "devolved",
                                    "local",
                                    "nhs",
                                    "police",
                                    "regulator",
                                    "parliament",
                                    "cross-government",
                                ],
                            ),
                        ),
                        name="pathway_facets_are_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug__regex", "^[a-z0-9]+(-[a-z0-9]+)*$")),
                        name="pathway_slug_is_a_slug",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("audience__in", ["newcomers", "veterans", "curators"])
                        ),
                        name="pathway_audience_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Plan",
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
                ("key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("starts_on", models.DateField()),
                (
                    "place",
                    models.CharField(
                        choices=[
                            ("england-and-wales", "England or Wales"),
                            ("scotland", "Scotland"),
                            ("northern-ireland", "Northern Ireland"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "profession",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("developer", "Developer"),
                            ("technical-architect", "Technical architect"),
                            ("service-designer", "Service designer"),
                            ("interaction-designer", "Interaction designer"),
                            ("content-designer", "Content designer"),
                            ("user-researcher", "User researcher"),
                            ("product-manager", "Product manager"),
                            ("delivery-manager", "Delivery manager"),
                            ("business-analyst", "Business analyst"),
                            ("data", "Data"),
                            ("security", "Security"),
                            ("performance", "Performance"),
                            ("test", "Test"),
                            ("operations", "Operations"),
                            ("commercial", "Commercial"),
                            ("policy", "Policy"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "tier",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("central-department", "Central department"),
                            ("executive-agency", "Executive agency"),
                            ("ndpb", "Non-departmental public body"),
                            ("devolved", "Devolved government"),
                            ("local", "Local government"),
                            ("nhs", "NHS"),
                            ("police", "Police"),
                            ("regulator", "Regulator"),
                            ("parliament", "Parliament"),
                            ("cross-government", "Across government"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "pathway",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="plans",
                        to="guides.pathway",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="plans",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Step",
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
                    "professions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("developer", "Developer"),
                                ("technical-architect", "Technical architect"),
                                ("service-designer", "Service designer"),
                                ("interaction-designer", "Interaction designer"),
                                ("content-designer", "Content designer"),
                                ("user-researcher", "User researcher"),
                                ("product-manager", "Product manager"),
                                ("delivery-manager", "Delivery manager"),
                                ("business-analyst", "Business analyst"),
                                ("data", "Data"),
                                ("security", "Security"),
                                ("performance", "Performance"),
                                ("test", "Test"),
                                ("operations", "Operations"),
                                ("commercial", "Commercial"),
                                ("policy", "Policy"),
                            ],
                            max_length=30,
                        ),
                        blank=True,
                        default=list,
                    ),
                ),
                (
                    "tiers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("central-department", "Central department"),
                                ("executive-agency", "Executive agency"),
                                ("ndpb", "Non-departmental public body"),
                                ("devolved", "Devolved government"),
                                ("local", "Local government"),
                                ("nhs", "NHS"),
                                ("police", "Police"),
                                ("regulator", "Regulator"),
                                ("parliament", "Parliament"),
                                ("cross-government", "Across government"),
                            ],
                            max_length=30,
                        ),
                        blank=True,
                        default=list,
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(help_text="Lowest comes first."),
                ),
                (
                    "box",
                    models.CharField(
                        choices=[
                            ("before", "Before you arrive"),
                            ("sitting", "In one go"),
                            ("day", "Day"),
                            ("week", "Week"),
                        ],
                        max_length=10,
                        verbose_name="when",
                    ),
                ),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="0 before somebody arrives, and for what is done in one go.",
                        validators=[django.core.validators.MaxValueValidator(60)],
                        verbose_name="which day or week",
                    ),
                ),
                (
                    "part",
                    guides.fields.LineField(
                        blank=True,
                        help_text="Which sections to read, if not all.",
                        max_length=200,
                    ),
                ),
                (
                    "title",
                    guides.fields.LineField(
                        blank=True,
                        help_text="What to do, if it is no guide.",
                        max_length=160,
                        verbose_name="task",
                    ),
                ),
                ("why", guides.fields.ProseField(max_length=400)),
                (
                    "done_when",
                    guides.fields.ProseField(
                        max_length=300, verbose_name="you are done when"
                    ),
                ),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="For a task, or a part of a guide. A whole guide knows its own.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(600),
                        ],
                    ),
                ),
                (
                    "guide",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="guides.guide",
                    ),
                ),
                (
                    "pathway",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="guides.pathway",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        blank=True,
                        help_text="What it rests on. A guide says so itself.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="landscape.policy",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="StepProgress",
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
                ("done_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="progress",
                        to="guides.plan",
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="guides.step",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.UniqueConstraint(
                fields=("person", "pathway"), name="one_plan_a_pathway"
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "place__in",
                        ["england-and-wales", "scotland", "northern-ireland"],
                    ),
                    (
                        "profession__in",
                        [
                            "",
                            "developer",
                            "technical-architect",
                            "service-designer",
                            "interaction-designer",
                            "content-designer",
                            "user-researcher",
                            "product-manager",
                            "delivery-manager",
                            "business-analyst",
                            "data",
                            "security",
                            "performance",
                            "test",
                            "operations",
                            "commercial",
                            "policy",
                        ],
                    ),
                    (
                        "tier__in",
                        [
                            "",
                            "central-department",
                            "executive-agency",
                            "ndpb",
                            "devolved",
                            "local",
                            "nhs",
                            "police",
                            "regulator",
                            "parliament",
                            "cross-government",
                        ],
                    ),
                ),
                name="plan_answers_are_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "professions__contained_by",
                        [
                            "developer",
                            "technical-architect",
                            "service-designer",
                            "interaction-designer",
                            "content-designer",
                            "user-researcher",
                            "product-manager",
                            "delivery-manager",
                            "business-analyst",
                            "data",
                            "security",
                            "performance",
                            "test",
                            "operations",
                            "commercial",
                            "policy",
                        ],
                    ),
                    (
                        "tiers__contained_by",
                        [
                            "central-department",
                            "executive-agency",
                            "ndpb",
                            "devolved",
                            "local",
                            "nhs",
                            "police",
                            "regulator",
                            "parliament",
                            "cross-government",
                        ],
                    ),
                ),
                name="step_facets_are_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("box__in", ["day", "week"]), ("number__range", (1, 60))),
                    models.Q(("box__in", ["before", "sitting"]), ("number", 0)),
                    _connector="OR",
                ),
                name="step_has_a_number_for_days_and_weeks",
                violation_error_message="A day or a week has a number from 1 on; other times have 0.",
            ),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("guide__isnull", False), ("title", "")),
                    models.Q(
                        ("guide__isnull", True),
                        ("part", ""),
                        models.Q(("title", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="step_is_a_guide_or_a_task",
                violation_error_message="Name a guide or a task, not both.",
            ),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("minutes__isnull", False),
                        ("minutes__range", (1, 600)),
                        models.Q(
                            ("guide__isnull", True),
                            models.Q(("part", ""), _negated=True),
                            _connector="OR",
                        ),
                    ),
                    models.Q(
                        ("guide__isnull", False),
                        ("minutes__isnull", True),
                        ("part", ""),
                    ),
                    _connector="OR",
                ),
                name="step_has_minutes_of_its_own_or_of_its_guide",
                violation_error_message="Say how many minutes a task or a part of a guide takes. A whole guide knows its own.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stepprogress",
            constraint=models.UniqueConstraint(
                fields=("plan", "step"), name="step_is_done_once"
            ),
        ),
        *(
            migrations.RunSQL(
                CREATE.format(table=table), f"DROP TRIGGER announce ON {table}"
            )
            for table in TABLES
        ),
    ]
