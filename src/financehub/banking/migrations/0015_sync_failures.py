from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("banking", "0014_search"),
    ]

    operations = [
        migrations.AddField(
            model_name="sync",
            name="failures",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="sync",
            name="deaths",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
    ]
