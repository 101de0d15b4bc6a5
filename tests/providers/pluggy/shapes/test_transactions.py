"""Transaction pages: typed, lazy and with their bytes."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import msgspec
import pytest

from financehub.providers.pluggy.shapes.transactions import parse_transaction_page

ROW = {
    "id": "t1",
    "accountId": "a1",
    "description": "PIX",
    "currencyCode": "BRL",
    "amount": -12.34,
    "date": "2026-03-01T03:00:00.000Z",
    "type": "DEBIT",
}


def parsed(**changes: object):
    page, _ = parse_transaction_page(json.dumps({"results": [{**ROW, **changes}], "next": None}).encode())
    return page.rows[0]


class TestParseTransactionPage:
    def test_splits_rows_and_keeps_all_bytes(self):
        first, second = b'{"amount":1.10,"x":1,' + json.dumps(ROW)[1:].encode(), json.dumps(ROW).encode()
        body = b'{"results":[' + first + b" , " + second + b'],"next":"?after=x","more":1}'
        page, following = parse_transaction_page(body)
        assert [bytes(row.raw) for row in page.rows] == [first, second]
        assert (page.raw_bytes, following) == (body, "?after=x")

    def test_types_the_core(self):
        row = parsed(providerId="p1", categoryId=None)
        assert (row.amount, row.date) == (Decimal("-12.34"), datetime(2026, 3, 1, 3, tzinfo=UTC))
        assert (row.status, row.provider_id, row.category_id) == ("POSTED", "p1", None)

    def test_reads_a_null_description_as_empty(self):
        assert parsed(description=None).description == ""

    def test_takes_a_date_without_zone_as_utc(self):
        assert parsed(date="2026-03-01T00:00:00").date == datetime(2026, 3, 1, tzinfo=UTC)

    def test_refuses_a_row_without_its_amount(self):
        with pytest.raises(msgspec.ValidationError):
            parsed(amount=None)

    def test_shows_no_content(self):
        assert repr(parsed()) == "<TransactionRow t1>"


class TestTransactionRow:
    def test_parses_payment_data_when_asked(self):
        payer = {"name": "Ana", "documentNumber": {"type": "CPF", "value": "1"}, "routingNumberISPB": "9"}
        data = parsed(paymentData={"paymentMethod": "PIX", "payer": payer}).payment_data
        assert (data.payer.name, data.payer.document_number.value, data.payer.routing_number_ispb) == (
            "Ana",
            "1",
            "9",
        )

    def test_parses_card_metadata_when_asked(self):
        card = parsed(
            creditCardMetadata={
                "installmentNumber": 2,
                "totalInstallments": 10,
                "payeeMCC": 5411,
                "purchaseDate": "2026-02-01",
                "billForecastDate": "2026-04",
            }
        ).credit_card_metadata
        assert (card.installment_number, card.total_installments, card.payee_mcc) == (2, 10, 5411)
        assert (card.purchase_date, card.bill_forecast_date) == (datetime(2026, 2, 1, tzinfo=UTC), "2026-04")

    def test_has_none_for_parts_that_are_null_or_absent(self):
        row = parsed(merchant=None)
        assert (row.merchant, row.payment_data, row.credit_card_metadata) == (None, None, None)

    def test_lets_an_odd_part_fail_alone(self):
        row = parsed(merchant={"name": 5})
        assert row.amount == Decimal("-12.34")
        with pytest.raises(msgspec.ValidationError):
            _ = row.merchant

    @pytest.mark.parametrize(
        "spoilt", [{**ROW, "amount": None}, {"id": "t0"}, "a row", {**ROW, "date": "soon"}]
    )
    def test_one_that_is_no_row_keeps_no_other_out(self, spoilt):
        page, _ = parse_transaction_page(json.dumps({"results": [ROW, spoilt, {**ROW, "id": "t2"}]}).encode())
        assert ([row.id for row in page.rows], page.unreadable) == (["t1", "t2"], 1)
