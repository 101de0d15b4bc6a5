"""Secrets that have grown old."""

from datetime import timedelta

import pytest
from celery import current_app
from pytest_django import Settings
from tests.builders import make_member, make_user

from financehub.core import clock
from financehub.notifications import wording
from financehub.notifications.models import Notification
from financehub.timetable import entries, running
from financehub.timetable.models import TimedTask
from financehub.webhooks import aging, door_keys
from financehub.webhooks.models import WebhookSecret
from financehub.webhooks.sources.pluggy import PLUGGY
from financehub.webhooks.sources.stripe import STRIPE

pytestmark = pytest.mark.django_db


def test_a_secret_is_old_after_ninety_days_unless_a_newer_one_replaces_it(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.PLUGGY_WEBHOOK_SECRET = ["one", "two"]
    door_keys.note_settings(PLUGGY)
    assert aging.mature() == []
    at = clock.now()
    WebhookSecret.objects.update(created_at=at - timedelta(days=91))
    ending = WebhookSecret.objects.filter(fingerprint=door_keys.fingerprint("two"))
    ending.update(expires_at=at + timedelta(hours=1))
    assert [age.source for age in aging.mature()] == ["pluggy"]
    assert "webhook_secret_is_old" in caplog.text
    assert not Notification.objects.across_companies().exists()  # nobody runs this installation
    assert "one" not in [record.getMessage() for record in caplog.records]


def test_the_clock_tells_the_staff_once_for_each_secret_and_each_ninety_days(settings: Settings) -> None:
    current_app.loader.import_default_modules()  # the clock knows a task by its name
    settings.PLUGGY_WEBHOOK_SECRET, settings.STRIPE_WEBHOOK_SECRET = ["one"], ["two"]
    staff = make_user(is_staff=True)
    make_member(user=staff)
    begun = clock.now()
    door_keys.note_settings(PLUGGY)

    def told_after(days: int) -> list[str]:
        """What the staff was told by the time that many days have passed."""
        settings.CLOCK_AHEAD = timedelta(days=days)
        task = entries.entry("secrets")
        row, _ = TimedTask.objects.update_or_create(
            name=task.name, defaults={"schedule": str(task.when), "due_at": clock.now()}
        )
        running.run_due(task.name, row.due_at)
        rows = Notification.objects.across_companies().filter(person=staff).order_by("pk")
        return [wording.word(row, "en").title for row in rows]

    first, second = (f"The secret of Pluggy's webhooks is more than {days} days old" for days in (90, 180))
    told = [told_after(days) for days in (89, 91, 92, 179, 181)]
    assert told == [[], [first], [first], [first], [first, second]]
    row = Notification.objects.across_companies().filter(person=staff).earliest("pk")
    day = begun.astimezone(clock.SAO_PAULO).strftime("%d/%m/%Y")
    said = wording.word(row, "pt-br")
    assert said.body.startswith(f"Ele é de {day}. Troque-o com: financehub rotate_webhook_secret pluggy")
    assert said.page == "/operacao/eventos"
    door_keys.note_settings(STRIPE)
    assert told_after(181 + 91)[2:] == [
        "The secret of Pluggy's webhooks is more than 270 days old",
        "The secret of Stripe's webhooks is more than 90 days old",
    ]
