from django.db import migrations, models


def place_accounts(apps, schema_editor):
    """Every account of a bank was synced until now: it keeps being so, the oldest first in line."""
    accounts = apps.get_model("banking", "Account").objects
    places = {}
    rows = accounts.filter(is_manual=False).order_by("company_id", "created_at", "id")
    for key, company_id in rows.values_list("pk", "company_id"):
        places[company_id] = places.get(company_id, 0) + 1
        accounts.filter(pk=key).update(sync_place=places[company_id])


class Migration(migrations.Migration):
    dependencies = [
        ("banking", "0011_told_syncs"),
    ]

    operations = [
        migrations.AddField(
            model_name="account",
            name="sync_place",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="account",
            name="left_out_since",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="account",
            name="counts_from",
            field=models.DateField(null=True),
        ),
        migrations.RunPython(place_accounts, migrations.RunPython.noop),
    ]
