"""What was spent of the monthly limits of Open Finance."""

import django.db.models.deletion
from django.db import migrations, models

import financehub.core.ids


class Migration(migrations.Migration):
    dependencies = [
        ("banking", "0006_sync_receipts"),
        ("companies", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="QuotaSpending",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=financehub.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("connector_id", models.IntegerField()),
                ("document_index", models.CharField(blank=True, max_length=64)),
                (
                    "kind",
                    models.CharField(
                        choices=[("execution", "Execution"), ("balance", "Balance")], max_length=9
                    ),
                ),
                ("month", models.DateField()),
                ("at", models.DateTimeField()),
                ("spent", models.JSONField(default=list)),
                ("refused", models.JSONField(default=list)),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="companies.company"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="quota_spendings",
                        to="banking.item",
                    ),
                ),
                (
                    "sync",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="quota",
                        to="banking.sync",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["company", "connector_id", "month"], name="quota_spendings_of_month")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("item", "kind", "at"), name="one_spending_per_execution")
                ],
            },
        ),
    ]
