"""A policy may bind some of councils, the NHS and police, and not the others."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("landscape", "0008_in_part"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="policy",
            name="policy_facets_are_known",
        ),
        migrations.AlterField(
            model_name="policy",
            name="reach",
            field=models.CharField(
                choices=[
                    ("bound", "Binds them too"),
                    ("some", "Binds some of them only"),
                    ("encouraged", "Only encourages them"),
                    ("outside", "Is not about them"),
                ],
                help_text="Whether it binds them or only encourages them. If it binds some of them only, “What it is” says which.",
                max_length=20,
                verbose_name="councils, the NHS and police",
            ),
        ),
        migrations.AddConstraint(
            model_name="policy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "force__in",
                        [
                            "law",
                            "mandatory-central",
                            "comply-or-explain",
                            "recommended",
                            "convention",
                            "direction",
                            "open-to-use",
                        ],
                    ),
                    (
                        "kind__in",
                        [
                            "act",
                            "regulations",
                            "statutory-code",
                            "standard",
                            "control",
                            "strategy",
                            "guidance",
                            "framework",
                            "bill",
                            "framework-agreement",
                        ],
                    ),
                    ("reach__in", ["bound", "some", "encouraged", "outside"]),
                    (
                        "status__in",
                        [
                            "proposed",
                            "in-force",
                            "partly-in-force",
                            "being-replaced",
                            "superseded",
                            "withdrawn",
                        ],
                    ),
                ),
                name="policy_facets_are_known",
            ),
        ),
    ]
