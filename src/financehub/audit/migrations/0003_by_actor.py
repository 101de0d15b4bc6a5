"""What one person did: asked at each sign-in, of the last months."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]
    operations = [
        migrations.AddIndex(
            model_name="auditlog",
            index=models.Index(fields=["actor_id", "action", "created_at"], name="audit_by_actor"),
        ),
    ]
