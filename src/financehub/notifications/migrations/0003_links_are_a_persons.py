"""A chat's link is made for a person, never for a chat: what was made for chats is nobody's any more."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def forget_links_of_chats(apps, schema_editor):
    apps.get_model("notifications", "TelegramLink").objects.filter(person=None).delete()


class Migration(migrations.Migration):
    dependencies = [("notifications", "0002_digests_and_the_audit_mark")]

    operations = [
        migrations.RunPython(forget_links_of_chats, migrations.RunPython.noop, elidable=True),
        migrations.RemoveField(model_name="telegramlink", name="chat_id"),
        migrations.RemoveField(model_name="telegramlink", name="language"),
        migrations.AlterField(
            model_name="telegramlink",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
    ]
