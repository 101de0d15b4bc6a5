"""Receipts in full, findings of the nightly check, renewals of consents, and when to look at an Item again."""

import django.db.models.deletion
from django.db import migrations, models

import financehub.core.ids


class Migration(migrations.Migration):
    dependencies = [
        ("banking", "0005_identity"),
        ("companies", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="item",
            name="failing_since",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="item",
            name="look_again_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="sync",
            name="changed_while_read",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="sync",
            name="error_action",
            field=models.CharField(blank=True, max_length=24),
        ),
        migrations.AddField(
            model_name="sync",
            name="products",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="sync",
            name="window_from",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="syncaccount",
            name="created_from",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="syncaccount",
            name="warnings",
            field=models.JSONField(default=list),
        ),
        migrations.CreateModel(
            name="ConsentRenewal",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=financehub.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("day", models.DateField()),
                ("expires_at", models.DateTimeField()),
                ("attempted_at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("started", "Started"),
                            ("renewed", "Renewed"),
                            ("refused", "Refused"),
                            ("asked", "Asked"),
                        ],
                        max_length=8,
                    ),
                ),
                ("error_code", models.CharField(blank=True, max_length=64)),
                ("renewed_until", models.DateTimeField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="companies.company"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="renewals",
                        to="banking.item",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["company", "-attempted_at"], name="renewals_of_company")],
                "constraints": [
                    models.UniqueConstraint(fields=("item", "day"), name="one_renewal_per_item_and_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="MonthFinding",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=financehub.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("month", models.DateField()),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("differed", "Differed"),
                            ("empty_answer", "Empty Answer"),
                            ("stale", "Stale"),
                        ],
                        max_length=16,
                    ),
                ),
                ("vendor_count", models.IntegerField()),
                ("vendor_cents", models.BigIntegerField()),
                ("our_count", models.IntegerField()),
                ("our_cents", models.BigIntegerField()),
                ("new", models.IntegerField(default=0)),
                ("changed", models.IntegerField(default=0)),
                ("withdrawn", models.IntegerField(default=0)),
                ("found_at", models.DateTimeField()),
                ("healed_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="month_findings",
                        to="banking.account",
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="companies.company"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["company", "-found_at"], name="findings_of_company")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("healed_at__isnull", True)),
                        fields=("account", "month"),
                        name="one_open_finding_per_month",
                    )
                ],
            },
        ),
    ]
