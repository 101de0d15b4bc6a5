"""What banks said of balances, gaps between that and the rows, and adjustments that close them."""

import django.db.models.deletion
from django.db import migrations, models

import financehub.core.ids


class Migration(migrations.Migration):
    dependencies = [
        ("banking", "0002_open_finance_connections"),
        ("companies", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="GapReport",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=financehub.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("right_until", models.DateField()),
                ("since", models.DateField()),
                ("gap_cents", models.BigIntegerField()),
                ("parts", models.JSONField(default=list)),
                ("looks", models.JSONField(default=list)),
                ("created_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "closed_by",
                    models.CharField(
                        blank=True, choices=[("healed", "Healed"), ("adjusted", "Adjusted")], max_length=8
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="gaps", to="banking.account"
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="companies.company"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BalanceAdjustment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=financehub.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("cents", models.BigIntegerField()),
                ("note", models.CharField(max_length=400)),
                ("causes", models.JSONField(default=list)),
                ("user_id", models.UUIDField(null=True)),
                ("created_at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="adjustments",
                        to="banking.account",
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="companies.company"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="adjustments",
                        to="banking.gapreport",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BalanceObservation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=financehub.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("day", models.DateField()),
                ("observed_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                ("worth_cents", models.BigIntegerField()),
                ("invested_cents", models.BigIntegerField(null=True)),
                ("counted_from", models.DateField()),
                ("rows_cents", models.BigIntegerField()),
                ("computed_cents", models.BigIntegerField()),
                ("gap_cents", models.BigIntegerField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="observations",
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
                "indexes": [
                    models.Index(fields=["company", "account", "-seen_at"], name="observations_of_account")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="gapreport",
            index=models.Index(fields=["company", "-created_at"], name="gaps_of_company"),
        ),
        migrations.AddConstraint(
            model_name="gapreport",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at__isnull", True)),
                fields=("account",),
                name="one_open_gap_per_account",
            ),
        ),
        migrations.AddIndex(
            model_name="balanceadjustment",
            index=models.Index(fields=["company", "account", "-created_at"], name="adjustments_of_account"),
        ),
    ]
