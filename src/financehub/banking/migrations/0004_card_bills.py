"""The bill a person put a row on, and what a card says of a limit that cards share."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("banking", "0003_balances")]

    operations = [
        migrations.AddField("account", "additional_last4", models.JSONField(default=list)),
        migrations.AddField(
            "account",
            "limit_consolidation",
            models.CharField(blank=True, default="", max_length=16),
            preserve_default=False,
        ),
        migrations.AddField("transaction", "own_bill_month", models.DateField(null=True)),
    ]
