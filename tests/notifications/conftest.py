"""Rows that tests of notifications start from, and the real servers that channels speak to."""

import pytest
from tests.mail_server import MailServer, mail_server
from tests.push_service import push_service
from tests.receiver import receiving

from financehub.core import clock
from financehub.notifications.models import Delivery, Notification
from financehub.providers.webpush.vapid import new_private_key

LOOPBACK = ["127.0.0.0/8"]


@pytest.fixture
def smtp(settings) -> MailServer:
    """A real SMTP server, which the product is told to use."""
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


@pytest.fixture
def receiver(settings):
    """A program of the company that listens on the loopback, which the operator allows."""
    settings.WEBHOOK_NETWORKS = LOOPBACK
    with receiving() as found:
        yield found


@pytest.fixture
def push(settings):
    """A push service on the loopback, and a key pair for us."""
    settings.WEBHOOK_NETWORKS, settings.VAPID_KEY = LOOPBACK, new_private_key()
    with push_service() as found:
        yield found


@pytest.fixture
def make_delivery(bakery, ana):
    """A delivery of Ana's that is due, on one channel."""

    def make(channel="email", *, kind="salary_in", target="", person=ana, **fields):
        words = {"amount": "R$ 5.000,00", "description": "Salário", "account": "Conta", "day": "05/11/2026"}
        at = clock.now()
        notification = Notification.objects.create(
            company=bakery,
            person=person,
            kind=kind,
            key=f"{kind}:{Notification.objects.of(bakery).count()}",
            severity="info",
            words=fields.pop("words", words),
            created_at=fields.pop("created_at", at),
            **fields.pop("about", {}),
        )
        return Delivery.objects.create(
            company=bakery, notification=notification, channel=channel, target=target, due_at=at, **fields
        )

    return make
