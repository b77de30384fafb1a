"""A policy that is replaced may still hold for some cases. A plan is no rule, and an
agreement to buy through is none either."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("landscape", "0007_said_once"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="policy",
            name="policy_facets_are_known",
        ),
        migrations.AddField(
            model_name="policyrelation",
            name="still_for",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="For what, if it is replaced but not dead. Such as: for contracts that began before.",
                max_length=160,
                verbose_name="the other one still holds",
            ),
        ),
        migrations.AlterField(
            model_name="policy",
            name="force",
            field=models.CharField(
                choices=[
                    ("law", "Law"),
                    ("mandatory-central", "Mandatory for central government"),
                    ("comply-or-explain", "Comply or explain"),
                    ("recommended", "Recommended"),
                    ("convention", "Convention"),
                    ("direction", "A plan, not a rule"),
                    ("open-to-use", "Open to use"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="policy",
            name="kind",
            field=models.CharField(
                choices=[
                    ("act", "Act"),
                    ("regulations", "Regulations"),
                    ("statutory-code", "Statutory code"),
                    ("standard", "Standard"),
                    ("control", "Control"),
                    ("strategy", "Strategy"),
                    ("guidance", "Guidance"),
                    ("framework", "Framework"),
                    ("framework-agreement", "Framework agreement"),
                    ("bill", "Bill"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="policyrelation",
            name="scope",
            field=models.CharField(
                blank=True,
                help_text="If not all of it: for what. Such as: for new contracts.",
                max_length=160,
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
                    ("reach__in", ["bound", "encouraged", "outside"]),
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
        migrations.AddConstraint(
            model_name="policyrelation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("still_for", ""),
                    models.Q(
                        ("kind", "replaces"), models.Q(("scope", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="policy_that_still_holds_is_replaced_in_part",
                violation_error_message="Say for what it is replaced, if it still holds for something else.",
            ),
        ),
    ]
