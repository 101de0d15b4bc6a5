"""Statuses of payments as told: forward only, whatever the order of arrival."""

import random
from uuid import UUID

import pytest
from tests.webhooks.knocks import body

from financehub.webhooks import payments
from financehub.webhooks.models import PaymentMirror
from financehub.webhooks.sources.pluggy import PLUGGY

pytestmark = pytest.mark.django_db
PAYMENT, REQUEST = UUID(int=1), UUID(int=2)


def notice(event, **fields):
    return PLUGGY.read(body(event, paymentIntentId=str(PAYMENT), paymentRequestId=str(REQUEST), **fields))


class TestMirror:
    def test_keeps_what_it_is_what_it_belongs_to_and_how_it_stands(self):
        row = payments.mirror(notice("payment_intent/created"))
        assert (row.kind, row.vendor_id, row.request_id, row.status) == (
            "payment_intent",
            PAYMENT,
            REQUEST,
            "CREATED",
        )
        assert not row.is_verified

    @pytest.mark.parametrize("seed", range(6))
    def test_ends_the_same_in_any_order_and_any_number_of_times(self, seed):
        told = ["created", "waiting_payer_authorization", "error", "completed"] * 2
        random.Random(seed).shuffle(told)
        payments.mirror_all([notice(f"payment_intent/{deed}") for deed in told])
        assert PaymentMirror.objects.get().status == "COMPLETED"

    def test_keeps_a_whole_series_apart_from_its_payments(self):
        payments.mirror(notice("scheduled_payment/all_completed"))
        assert PaymentMirror.objects.get().kind == "scheduled_payment_series"

    def test_never_moves_what_was_read_at_the_vendor(self):
        payments.mirror(notice("payment_intent/created"))
        PaymentMirror.objects.update(is_verified=True)
        payments.mirror(notice("payment_intent/completed"))
        assert PaymentMirror.objects.get().status == "CREATED"


class TestStatusOf:
    def test_is_the_events_own_field_where_it_has_one(self):
        assert (
            payments.status_of(notice("payment_request/updated", data={"status": "authorized"}))
            == "AUTHORIZED"
        )
        assert payments.status_of(notice("payment_request/updated", status="COMPLETED")) == "COMPLETED"

    def test_is_the_deed_else(self):
        assert payments.status_of(notice("payment_intent/error")) == "ERROR"
