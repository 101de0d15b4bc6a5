"""Statuses of payments as told: forward only, whatever the order of arrival."""

import random
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.webhooks.knocks import body

from financehub.webhooks import payments
from financehub.webhooks.models import PaymentMirror
from financehub.webhooks.sources.pluggy import PLUGGY

pytestmark = pytest.mark.django_db
PAYMENT, REQUEST = UUID(int=1), UUID(int=2)


def notice(event, **fields):
    return PLUGGY.read(body(event, paymentIntentId=str(PAYMENT), paymentRequestId=str(REQUEST), **fields))


class TestMirrorAll:
    def test_keeps_what_it_is_what_it_belongs_to_and_how_it_stands(self):
        (row,) = payments.mirror_all([notice("payment_intent/created")])
        assert (row.kind, row.vendor_id, row.request_id, row.status) == (
            "payment_intent",
            PAYMENT,
            REQUEST,
            "CREATED",
        )
        assert not row.is_verified

    @pytest.mark.parametrize("at_once", [True, False])
    @pytest.mark.parametrize("seed", range(4))
    def test_ends_the_same_in_any_order_and_any_number_of_times(self, seed, at_once, bakery):
        told = [("created", {}), ("waiting_payer_authorization", {}), ("error", {}), ("completed", {})] * 2
        told.append(("created", {"clientUserId": str(bakery.vendor_alias)}))
        random.Random(seed).shuffle(told)
        notices = [notice(f"payment_intent/{deed}", **more) for deed, more in told]
        for part in [notices] if at_once else [[one] for one in notices]:
            payments.mirror_all(part)
        row = PaymentMirror.objects.get()
        assert (row.status, row.company_id) == ("COMPLETED", bakery.pk)

    @pytest.mark.parametrize("first", [0, 1])
    def test_lets_no_order_decide_between_two_ends_of_one_rank(self, first):
        ends = [notice("payment_request/updated", status=status) for status in ("REJECTED", "ERROR")]
        for one in (ends[first], ends[1 - first]):
            payments.mirror_all([one])
        assert PaymentMirror.objects.get().status == "REJECTED"

    def test_keeps_a_whole_series_apart_from_its_payments(self):
        payments.mirror_all([notice("scheduled_payment/all_completed")])
        assert PaymentMirror.objects.get().kind == "scheduled_payment_series"

    def test_never_moves_what_was_read_at_the_vendor(self):
        payments.mirror_all([notice("payment_intent/created")])
        PaymentMirror.objects.update(is_verified=True)
        payments.mirror_all([notice("payment_intent/completed")])
        assert PaymentMirror.objects.get().status == "CREATED"

    def test_answers_each_notice_in_three_statements_however_many_there_are(self, bakery):
        alias = str(bakery.vendor_alias)
        many = [
            PLUGGY.read(body("boleto/updated", boletoId=str(UUID(int=number)), clientUserId=alias))
            for number in range(1, 301)
        ]
        with CaptureQueriesContext(connection) as queries:
            rows = payments.mirror_all([*many, PLUGGY.read(body("boleto/updated"))])
        assert len(queries) == 3
        assert [row and row.vendor_id.int for row in rows] == [*range(1, 301), None]
        assert {row.company_id for row in rows[:-1]} == {bakery.pk}


class TestStatusOf:
    def test_is_the_events_own_field_where_it_has_one(self):
        assert (
            payments.status_of(notice("payment_request/updated", data={"status": "authorized"}))
            == "AUTHORIZED"
        )
        assert payments.status_of(notice("payment_request/updated", status="COMPLETED")) == "COMPLETED"

    def test_is_the_deed_else(self):
        assert payments.status_of(notice("payment_intent/error")) == "ERROR"
