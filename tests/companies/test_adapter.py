"""What allauth asks of us; the journeys themselves are in tests/web/test_account_pages.py."""

import pytest
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from django.core import mail
from django.test import Client, RequestFactory
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.people import signed_in

from financehub.audit.models import AuditLog
from financehub.companies.adapter import DEEDS, UNKNOWN_ADDRESS
from financehub.companies.models import User

pytestmark = pytest.mark.django_db


def test_a_second_factor_is_sealed_and_opens_again() -> None:
    sealed = get_mfa_adapter().encrypt("JBSWY3DPEHPK3PXP")
    assert "JBSWY3DPEHPK3PXP" not in sealed
    assert get_mfa_adapter().decrypt(sealed) == "JBSWY3DPEHPK3PXP"


def test_callers_without_an_address_share_one_rate_limit() -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="")
    assert get_adapter().get_client_ip(request) == UNKNOWN_ADDRESS


@pytest.mark.parametrize(("template", "action"), DEEDS.items())
def test_each_security_deed_is_written_into_the_trail(ana: User, template: str, action: str) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1")
    with context.request_context(request):
        get_adapter(request).send_notification_mail(template, ana)
    row = AuditLog.objects.get()
    assert (row.action, row.actor_id, row.ip_address) == (action, ana.id, "192.0.2.1")


def test_mail_waits_for_the_commit(
    ana: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    request = RequestFactory().get("/")
    with django_capture_on_commit_callbacks(execute=True), context.request_context(request):
        words = {"password_reset_url": "https://hub.example/x/"}
        get_adapter(request).send_mail("account/email/password_reset_key", "ana@example.com", words)
        assert mail.outbox == []
    (message,) = mail.outbox
    assert (message.subject, message.to) == ("Senha nova no Finance Hub", ["ana@example.com"])
    assert "https://hub.example/x/" in str(message.body)


class TestAnotherMainAddress:
    """Our notice goes to the new address: whoever lost the account would never read it."""

    @pytest.fixture
    def browser(self, ana: User) -> Client:
        EmailAddress.objects.create(user=ana, email=ana.email, verified=True, primary=True)
        EmailAddress.objects.create(user=ana, email="thief@example.org", verified=True)
        return signed_in(ana)

    def change(self, browser: Client) -> None:
        browser.post("/conta/emails/", {"action_primary": "", "email": "thief@example.org"})

    @pytest.mark.parametrize(
        ("language", "subject"),
        [
            ("pt-br", "O e-mail da sua conta no Finance Hub mudou"),
            ("en", "The e-mail of your Finance Hub account changed"),
        ],
    )
    def test_the_former_one_is_told_in_the_persons_language(
        self,
        browser: Client,
        ana: User,
        language: str,
        subject: str,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        User.objects.filter(pk=ana.pk).update(language=language)
        with django_capture_on_commit_callbacks(execute=True):
            self.change(browser)
        ana.refresh_from_db()
        assert ana.email == "thief@example.org"
        (message,) = mail.outbox
        assert (message.subject, message.to) == (subject, ["ana@example.com"])
        assert "thief" not in str(message.body)

    def test_an_address_that_was_never_confirmed_is_not_written_to(
        self, browser: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        EmailAddress.objects.filter(primary=True).update(verified=False)
        with django_capture_on_commit_callbacks(execute=True):
            self.change(browser)
        assert mail.outbox == []
