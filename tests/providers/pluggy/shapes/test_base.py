"""How JSON becomes shapes."""

from datetime import UTC, datetime
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from financehub.providers.pluggy.shapes.accounts import Account, Bill
from financehub.providers.pluggy.shapes.base import decode, decode_record, decode_records
from financehub.providers.pluggy.shapes.connectors import Connector

ACCOUNT = b'{"id":"a1","itemId":"i1","type":"BANK","balance":%s,"taxNumber":"111","newField":{"x":[1]}}'


class TestDecode:
    @pytest.mark.parametrize(
        ("text", "exact"),
        [
            (b"0.30000000000000004", "0.30000000000000004"),
            (b"9007199254740993.01", "9007199254740993.01"),
            (b"1234567890123456789", "1234567890123456789"),
            (b"-0.1", "-0.1"),
            (b"10.10", "10.10"),
            (b"1e2", "1E+2"),
        ],
    )
    def test_keeps_money_exactly_as_written(self, text, exact):
        balance = decode(Account, ACCOUNT % text).balance
        assert str(balance) == exact
        assert isinstance(balance, Decimal)

    @given(st.decimals(allow_nan=False, allow_infinity=False, places=4))
    def test_keeps_any_amount_exactly(self, amount):
        assert decode(Account, ACCOUNT % f"{amount:f}".encode()).balance == amount

    def test_adds_decimals_without_drift(self):
        tenth, fifth = (decode(Account, ACCOUNT % text).balance for text in (b"0.1", b"0.2"))
        assert tenth + fifth == Decimal("0.3")

    def test_ignores_fields_and_keeps_words_it_does_not_know(self):
        account = decode(Account, ACCOUNT.replace(b"BANK", b"WALLET") % b"1")
        assert account.type == "WALLET"

    @pytest.mark.parametrize(
        ("text", "moment"),
        [
            (b"2023-07-20", datetime(2023, 7, 20, tzinfo=UTC)),
            (b"2023-07-20T00:00:00", datetime(2023, 7, 20, tzinfo=UTC)),
            (b"2023-07-20T03:00:00.000Z", datetime(2023, 7, 20, 3, tzinfo=UTC)),
            (b"2023-07-20T00:00:00-03:00", datetime(2023, 7, 20, 3, tzinfo=UTC)),
        ],
    )
    def test_reads_moments_in_every_form(self, text, moment):
        bill = decode(Bill, b'{"id":"b","totalAmount":1,"dueDate":"%s"}' % text)
        assert bill.due_date == moment

    def test_gives_plain_types_that_any_encoder_takes(self):
        connector = decode(Connector, b'{"id":201,"name":"Bank","createdAt":"2023-07-20"}')
        assert (type(connector.name), type(connector.created_at)) == (str, datetime)

    def test_reads_a_null_name_as_empty(self):
        assert decode(Connector, b'{"id":201,"name":null}').name == ""

    @pytest.mark.parametrize("body", [b'{"id":201,"name":5}', b'{"id":201,"createdAt":5}'])
    def test_refuses_a_value_of_another_type(self, body):
        with pytest.raises(msgspec.ValidationError, match="of another type"):
            decode(Connector, body)

    def test_does_not_repeat_a_value_it_cannot_read(self):
        with pytest.raises(msgspec.ValidationError) as failure:
            decode(Bill, b'{"id":"b","totalAmount":1,"dueDate":"secret"}')
        assert "secret" not in str(failure.value)


class TestDecodeRecord:
    def test_keeps_the_original_bytes(self):
        body = ACCOUNT % b"1.50"
        assert bytes(decode_record(Account, body).raw) == body


class TestDecodeRecords:
    def test_gives_each_its_own_bytes(self):
        bodies = [ACCOUNT % b"1", ACCOUNT % b"2"]
        records = decode_records(Account, [msgspec.Raw(body) for body in bodies])
        assert [bytes(record.raw) for record in records] == bodies


class TestShape:
    def test_answers_by_both_names(self):
        connector = decode(Connector, b'{"id":201,"name":"Bank","hasMFA":true}')
        assert (connector["name"], connector["id"], connector["hasMFA"], connector["has_mfa"]) == (
            "Bank",
            201,
            True,
            True,
        )

    def test_does_not_answer_what_it_does_not_have(self):
        with pytest.raises(KeyError):
            decode(Connector, b'{"id":201}')["nothing"]

    def test_shows_no_content(self):
        assert repr(decode(Account, ACCOUNT % b"1")) == "<Account a1>"
