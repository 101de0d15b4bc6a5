"""What a failed call to Stripe becomes, over real HTTP, and that nothing of it reaches a log."""

import pytest
from structlog.testing import capture_logs
from tests.billing.shop import CPF

from financehub.billing import stripe_account
from financehub.providers.stripe.errors import (
    StripeAuthFailed,
    StripeCardDeclined,
    StripeKeyReused,
    StripeMissing,
    StripeRefused,
    StripeUnavailable,
)


@pytest.fixture
def account(stripe_box):
    stripe_account._account_of.cache_clear()
    return stripe_account.account()


def asked(stripe_box):
    """The calls about the account that reached Stripe."""
    return [row for row in stripe_box.told("/requests") if row["path"] == "/v1/account"]


class TestAFailedCall:
    def test_to_what_is_not_there_is_missing(self, account):
        with pytest.raises(StripeMissing, match=r"GET /v1/invoices/\{id\}: HTTP 404 resource_missing"):
            account.invoice("in_of_nobody")

    def test_with_a_wrong_key_is_an_auth_failure(self, stripe_box, settings):
        settings.STRIPE_SECRET_KEY = "sk_test_wrong"
        with pytest.raises(StripeAuthFailed):
            stripe_account.account().account()

    def test_with_wrong_parameters_is_refused(self, account):
        with pytest.raises(StripeRefused):
            account.create_session({"mode": "subscription"}, key="a")

    def test_with_a_used_key_and_other_parameters_says_so(self, account):
        account.create_customer({"email": "a@example.com"}, key="same")
        with pytest.raises(StripeKeyReused):
            account.create_customer({"email": "b@example.com"}, key="same")

    def test_is_tried_three_times_while_stripe_is_in_trouble(self, account, stripe_box):
        stripe_box.control("/faults", kind="error", path="/v1/account", times=3)
        with pytest.raises(StripeUnavailable, match="HTTP 500"):
            account.account()
        assert account.account().country == "BR"

    def test_that_was_limited_is_for_later(self, account, stripe_box):
        stripe_box.control("/faults", kind="rate_limit", path="/v1/account", times=1)
        with pytest.raises(StripeUnavailable, match="HTTP 429"):
            account.account()

    def test_whose_answer_was_lost_is_the_same_call_when_repeated_with_its_key(self, account, stripe_box):
        stripe_box.control("/faults", kind="lost_answer", path="/v1/customers", times=1)
        with pytest.raises(StripeUnavailable):
            account.create_customer({"email": "a@example.com"}, key="cus:1")
        made = account.create_customer({"email": "a@example.com"}, key="cus:1")
        assert [one.id for one in stripe_box.client().v1.customers.list({}).data] == [made.id]


class TestTheCircuit:
    def test_stops_asking_after_five_failures(self, account, stripe_box):
        stripe_box.control("/faults", kind="rate_limit", path="/v1/account")
        for _ in range(5):
            with pytest.raises(StripeUnavailable, match="429"):
                account.account()
        before = len(asked(stripe_box))
        with pytest.raises(StripeUnavailable, match="circuit_open"):
            account.account()
        assert len(asked(stripe_box)) == before


@pytest.mark.django_db
class TestALog:
    def test_holds_no_key_no_address_with_a_secret_and_no_personal_data(self, shop):
        with capture_logs() as lines:
            checkout = shop.checkout()
            shop.pay(checkout, boleto=CPF, email="ana@example.com", name="Ana")
            shop.hear()
        text = repr(lines)
        assert "stripe_called" in text
        for secret in (shop.box.secret_key, "/pay/", "ana@example.com", CPF, "client_secret", "cs_test_"):
            assert secret not in text


def test_a_decline_says_why(account):
    customer = account.create_customer({"email": "a@example.com"}, key="c")
    api = account._api
    with pytest.raises(StripeCardDeclined) as declined, account._caller.spoken("POST /v1/x"):
        api.payment_methods.attach("pm_card_visa_chargeDeclinedLostCard", {"customer": customer.id})
    assert (declined.value.code, declined.value.decline_code) == ("card_declined", "lost_card")
