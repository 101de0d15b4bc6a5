"""Which secrets sign and which kinds are wanted."""

from datetime import timedelta

from financehub.core import clock
from financehub.notifications.models import WebhookEndpoint


def test_the_former_secret_signs_until_its_end():
    at = clock.now()
    one = WebhookEndpoint(secret="new", former_secret="old", former_until=at + timedelta(hours=1))
    assert one.secrets_at(at) == ["new", "old"]
    assert one.secrets_at(at + timedelta(hours=1)) == ["new"]
    assert WebhookEndpoint(secret="new").secrets_at(at) == ["new"]


def test_no_kinds_mean_all():
    assert WebhookEndpoint(kinds=[]).wants("bill_due")
    assert WebhookEndpoint(kinds=["bill_due"]).wants("bill_due")
    assert not WebhookEndpoint(kinds=["bill_due"]).wants("salary_in")
    assert not WebhookEndpoint().is_disabled
