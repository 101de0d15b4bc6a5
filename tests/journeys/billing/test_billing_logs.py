"""With a fake key: neither it, nor card data, nor an address that holds a secret reaches a log, whatever goes wrong."""

import logging
import re

import pytest
from tests.billing.conftest import shop  # noqa: F401 - fixture
from tests.billing.shop import CPF, GOOD
from tests.webhooks.stripe_knocks import STRIPE_SECRET as SECRET
from tests.webhooks.stripe_knocks import signed_header, stripe_knock

from financehub.billing import disputing, evidence, portal, refunding, stripe_account, tax_ids
from financehub.billing.models import Dispute, Invoice, Payment
from financehub.providers.stripe.errors import StripeAuthFailed, StripeUnavailable
from financehub.webhooks import door_keys

pytestmark = pytest.mark.django_db
DECLINED = "4000000000000002"
FAKE_KEY = "sk_test_fake_key_that_nobody_may_read"
# Addresses that work for whoever has them: hosted pages, portals, invoices, and what confirms a payment.
SECRET_ADDRESSES = re.compile(r"/pay/cs_|/p/session|/i/in_|_secret_|whsec_|/boleto/|/3ds/")


@pytest.fixture
def said(caplog):
    """Everything that any logger of this process says from here on, the client's own included."""
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="financehub")

    def text():
        lines = [f"{record.getMessage()} {record.__dict__} {record.exc_text}" for record in caplog.records]
        return "\n".join(lines)

    return text


def everything(shop):  # noqa: F811
    """Buying, a declined card, a boleto's number, money back, a dispute, and Stripe's pages."""
    checkout = shop.checkout()
    shop.pay(checkout, card=DECLINED)
    shop.pay(checkout, card=GOOD, email="ana@example.com", name="Ana")
    shop.hear()
    tax_ids.set_tax_id(company=shop.company, user=shop.user, document=CPF, by=shop.by)
    portal.open_portal(company=shop.company, by=shop.by)
    payment = Payment.objects.of(shop.company).get(received_cents=2900)
    refunding.refund(payment=payment, reason="duplicate", by=shop.by, amount_cents=100)
    shop.box.control(f"/charges/{payment.charge_id}/dispute")
    shop.hear()
    dispute = Dispute.objects.of(shop.company).get()
    texts = {"customer_email_address": "ana@example.com", "customer_name": "Ana Maria de Souza"}
    evidence.stage(dispute=dispute, evidence=texts, person=shop.user.pk, by=shop.by)
    with pytest.raises(disputing.SecondPersonNeeded):
        disputing.submit(dispute=dispute, person=shop.user.pk, by=shop.by)


def trouble(shop, settings):  # noqa: F811
    """A lost answer, a refusal, a wrong key, and knocks at the webhook door."""
    settings.STRIPE_WEBHOOK_SECRET = [SECRET]
    door_keys.forget()
    shop.box.control("/faults", kind="error", path="/v1/billing_portal/sessions", status=500)
    with pytest.raises(StripeUnavailable):
        portal.open_portal(company=shop.company, by=shop.by)
    for event in shop.events()[:3]:
        assert stripe_knock(event).status_code == 202
    forged = signed_header(b"{}", secret="whsec_wrong")
    assert stripe_knock(b"{}", header=forged).status_code == 400
    settings.STRIPE_SECRET_KEY = FAKE_KEY
    with pytest.raises(StripeAuthFailed) as refused:
        stripe_account.account().account()
    assert FAKE_KEY not in repr(refused.value)


def test_nothing_secret_is_said_by_any_logger(shop, settings, said):  # noqa: F811
    key = shop.box.secret_key
    everything(shop)
    trouble(shop, settings)
    text = said()
    assert "stripe_called" in text
    assert len(re.findall("stripe_called", text)) > 50
    secrets = [key, FAKE_KEY, SECRET, GOOD, DECLINED, CPF, "52998224725", "ana@example.com", "Maria de Souza"]
    assert [one for one in secrets if one in text] == []
    assert SECRET_ADDRESSES.findall(text) == []
    page = Invoice.objects.of(shop.company).get().page_url
    assert page
    assert page not in text
