"""Mail leaves after the deed is committed, in the reader's language; a dead mail server undoes nothing."""

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import transaction
from pytest_django import Settings

from financehub.companies import mailing

WORDS = {"company": "Padaria & Cia", "inviter": "Ana", "link": "https://hub.example/convite/x/"}


@pytest.mark.django_db(transaction=True)
class TestSendOnCommit:
    def test_waits_for_the_commit(self) -> None:
        with transaction.atomic():
            mailing.send_on_commit(
                "companies/email/invitation", to="dora@example.com", language="pt-br", words=WORDS
            )
            assert mail.outbox == []
        assert mail.outbox[0].subject == "Ana convidou você para Padaria & Cia no Finance Hub"

    def test_a_deed_undone_sends_nothing(self) -> None:
        with transaction.atomic():
            mailing.send_on_commit(
                "companies/email/invitation", to="dora@example.com", language="pt-br", words=WORDS
            )
            transaction.set_rollback(True)
        assert mail.outbox == []


def test_a_mail_server_that_is_away_is_only_a_warning(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    mailing.deliver(EmailMessage("Oi", "Texto", to=["dora@example.com"]), "companies/email/invitation")
    (record,) = caplog.records
    assert "mail_not_sent" in str(record.msg)
    assert "dora@example.com" not in str(record.msg)
