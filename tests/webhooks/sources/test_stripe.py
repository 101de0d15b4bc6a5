"""How Stripe's envelopes name what they are about, and which of them are not for us."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.webhooks.stripe_knocks import stripe_body

from financehub.core import clock
from financehub.webhooks.sources.stripe import STRIPE, created_at

THIN = {"object": "v2.core.event", "created": "2026-11-01T10:00:00Z", "type": "v1.invoice.paid"}


def oddity(**fields):
    return STRIPE.oddity_of(STRIPE.read(stripe_body(**fields)), clock.now())


def fault(**fields):
    return STRIPE.fault_of(STRIPE.read(stripe_body(**fields)), clock.now())


class TestRead:
    def test_queues_everything_of_one_customer(self):
        assert STRIPE.read(stripe_body()).object_key == "customer:cus_1"
        customer = {"object": {"object": "customer", "id": "cus_9"}}
        assert STRIPE.read(stripe_body(data=customer)).object_key == "customer:cus_9"

    @pytest.mark.parametrize(
        ("about", "key"),
        [
            ({"object": "price", "id": "price_1"}, "price:price_1"),
            ({"object": "invoice", "customer": {"id": "expanded"}, "id": "in_1"}, "invoice:in_1"),
            ({"object": "x", "id": "y" * 200}, ""),
        ],
    )
    def test_else_of_one_object(self, about, key):
        assert STRIPE.read(stripe_body(data={"object": about})).object_key == key

    def test_knows_stripes_time(self):
        notice = STRIPE.read(stripe_body(created=1_795_000_013))
        assert notice.vendor_at == datetime(2026, 11, 18, 11, 6, 53, tzinfo=UTC)


class TestCreatedAt:
    @pytest.mark.parametrize("value", [True, 0, -1, 10**15, "soon", None, 1.5])
    def test_is_none_for_what_is_no_time(self, value):
        assert created_at(value) is None

    def test_reads_the_text_of_a_thin_event(self):
        assert created_at("2026-11-01T10:00:00Z") == datetime(2026, 11, 1, 10, tzinfo=UTC)


class TestFaultOf:
    def test_is_nothing_for_an_event(self):
        assert fault() == ""
        assert fault(**THIN) == ""

    @pytest.mark.parametrize(
        ("fields", "named"),
        [
            ({"id": "ev_1"}, "id"),
            ({"created": int(clock.now().timestamp()) + 86_400}, "created"),
            ({"created": "today"}, "created"),
            ({"livemode": "false"}, "livemode"),
            ({"object": "charge"}, "object"),
            ({"data": []}, "data"),
            ({"data": {"object": {"object": "x"}, "previous_attributes": []}}, "data"),
            ({"data": {"object": "in_1"}}, "data.object"),
        ],
    )
    def test_names_the_field_that_no_event_has(self, fields, named):
        assert fault(**fields) == named


class TestOddityOf:
    def test_is_nothing_for_ours(self, settings):
        settings.STRIPE_ACCOUNT_ID = "acct_1"
        assert oddity() == oddity(account="acct_1") == oddity(account=None) == ""

    def test_names_what_must_wait_for_a_person(self, settings):
        assert oddity(livemode=True) == "live event in test mode"
        settings.STRIPE_SECRET_KEY = "sk_live_x"
        assert oddity(livemode=False) == "test event in live mode"
        settings.STRIPE_SECRET_KEY = ""
        assert oddity(account="acct_other") == "another account"
        assert oddity(api_version="2025-01-01.acacia") == "another API version"
        old = int((clock.now() - timedelta(days=31)).timestamp())
        assert oddity(created=old) == "older than Stripe keeps events"


class TestFingerprint:
    def test_leaves_out_what_counts_down_between_deliveries(self):
        body = stripe_body()
        again, other = {**body, "pending_webhooks": 0}, {**body, "livemode": True}
        first, second, third = (STRIPE.fingerprint(b"", STRIPE.read(one)) for one in (body, again, other))
        assert first == second != third
