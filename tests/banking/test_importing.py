"""Mapping the vendor's rows: signs, days, money, masks, and what counts as a change."""

import hashlib
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from financehub.banking.importing import (
    COLUMNS,
    LONGEST,
    MAPPING,
    AccountFacts,
    Incoming,
    MappedRow,
    map_row,
    recognise,
)
from financehub.banking.models import Transaction
from financehub.core import crypto
from financehub.providers.pluggy.shapes.base import decode_record
from financehub.providers.pluggy.shapes.transactions import TransactionRow

BANK, CARD = AccountFacts("BANK", "BRL"), AccountFacts("CREDIT", "BRL")
ID = "33333333-3333-4333-8333-333333333331"


def payload(**fields: Any) -> bytes:
    """A plausible transaction as Pluggy sends it."""
    body = {
        "id": ID,
        "accountId": "22222222-2222-4222-8222-222222222222",
        "description": "Padaria",
        "descriptionRaw": None,
        "currencyCode": "BRL",
        "amount": -12.34,
        "date": "2026-11-20T03:00:00.000Z",
        "type": "DEBIT",
        "status": "POSTED",
        "createdAt": "2026-11-20T10:00:00.000Z",
        "updatedAt": "2026-11-20T10:00:00.000Z",
        **fields,
    }
    return msgspec.json.encode(body)


def mapped(account: AccountFacts = BANK, raw: bytes | None = None, **fields: Any) -> dict[str, Any]:
    """The columns of one row by name."""
    return dict(zip(COLUMNS, row(account, raw, **fields).values, strict=True))


def row(account: AccountFacts = BANK, raw: bytes | None = None, **fields: Any) -> MappedRow:
    return map_row(decode_record(TransactionRow, raw or payload(**fields)), account)


def incoming(account: AccountFacts = BANK, raw: bytes | None = None, **fields: Any) -> Incoming:
    return recognise(decode_record(TransactionRow, raw or payload(**fields)), account)


@pytest.mark.parametrize(
    ("account", "amount", "kind", "cents"),
    [
        (BANK, -12.34, "DEBIT", -1234),
        (BANK, 12.34, "CREDIT", 1234),
        (BANK, 12.34, "DEBIT", -1234),  # some banks send magnitudes
        (CARD, 12.34, "DEBIT", -1234),  # a purchase
        (CARD, -12.34, "CREDIT", 1234),  # a payment or refund
        (CARD, 12.34, "TRANSFERENCE", -1234),  # a word we do not know: the sign decides
        (BANK, 12.34, "TRANSFERENCE", 1234),
        (BANK, 0, "DEBIT", 0),
    ],
)
def test_direction_comes_from_the_type(account: AccountFacts, amount: float, kind: str, cents: int) -> None:
    assert mapped(account, amount=amount, type=kind)["amount_cents"] == cents


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-11-20T00:00:00.000Z", date(2026, 11, 20)),  # a bare date
        ("2026-11-20T03:00:00.000Z", date(2026, 11, 20)),  # midnight in Sao Paulo
        ("2026-11-20T02:59:59.000Z", date(2026, 11, 19)),
        ("2026-11-20T00:00:00.001Z", date(2026, 11, 19)),
        ("2018-11-20T01:30:00.000Z", date(2018, 11, 19)),  # daylight saving then
    ],
)
def test_a_bank_day_is_a_day_in_sao_paulo(moment: str, day: date) -> None:
    assert mapped(date=moment)["date"] == day


@given(st.integers(-(10**15), 10**15))
def test_cents_survive_the_trip_through_json(cents: int) -> None:
    text = f"{Decimal(abs(cents)).scaleb(-2):f}".encode()
    raw = payload(amount=1234567, type="DEBIT").replace(b"1234567", text)
    assert mapped(raw=raw)["amount_cents"] == -abs(cents)


def test_a_foreign_row_keeps_its_original_exactly() -> None:
    columns = mapped(CARD, amount=10.129, currencyCode="USD", amountInAccountCurrency=55.71)
    assert (columns["amount_cents"], columns["original_amount"], columns["original_currency"]) == (
        -5571,
        "10.129",
        "USD",
    )


def test_documents_in_texts_are_masked_and_only_sealed_in_the_original() -> None:
    columns = mapped(description="PIX 529.982.247-25 Maria 52998224725")
    assert columns["description"] == "PIX *** Maria ***"
    assert b"529.982.247-25" in crypto.unseal(columns["details"])
    assert b"529.982.247-25" not in columns["details"]


def test_the_other_side_is_the_receiver_of_a_payment_and_the_payer_of_a_receipt() -> None:
    sides = {
        "payer": {"name": "Ana", "documentNumber": {"type": "CPF", "value": "529.982.247-25"}},
        "receiver": {"name": "Mercado", "documentNumber": {"type": "CNPJ", "value": "11222333000181"}},
        "paymentMethod": "PIX",
    }
    paid, received = mapped(paymentData=sides), mapped(paymentData=sides, type="CREDIT")
    assert (paid["counterparty_name"], received["counterparty_name"]) == ("Mercado", "Ana")
    assert received["counterparty_index"] == crypto.blind_index("52998224725", purpose="document")
    assert paid["payment_method"] == "PIX"


def test_card_facts_are_read() -> None:
    card = {"installmentNumber": 3, "totalInstallments": 10, "cardNumber": "xxxx8670", "billId": "b1"}
    columns = mapped(CARD, creditCardMetadata=card)
    facts = ("installment_number", "total_installments", "card_last4", "bill_pluggy_id")
    assert tuple(columns[name] for name in facts) == (3, 10, "8670", "b1")


def test_a_row_that_only_says_updated_has_not_changed() -> None:
    assert row().content_hash == row(updatedAt="2026-11-25T10:00:00.000Z").content_hash


@pytest.mark.parametrize(
    "change",
    [
        {"amount": -12.35},
        {"description": "Padaria 2"},
        {"status": "PENDING"},
        {"categoryId": "10000000"},
        {"balance": 3.5},
        {"merchant": {"cnpj": "11222333000181"}},
        {"paymentData": {"reason": "aluguel"}},
    ],
)
def test_any_visible_change_changes_the_hash(change: dict[str, Any]) -> None:
    assert row().content_hash != row(**change).content_hash


def test_a_hash_belongs_to_the_account_it_was_read_for() -> None:
    assert len({incoming(BANK).content_hash, incoming(CARD).content_hash}) == 2


def test_a_mapping_that_gives_other_columns_has_another_number() -> None:
    """When this fails, rows that are stored would keep their old columns: raise MAPPING, and put both here."""
    pix = {"paymentMethod": "PIX", "receiver": {"name": "Ana 123.456.789-09"}, "payer": {"name": "Eu"}}
    card = {"installmentNumber": 3, "totalInstallments": 10, "cardNumber": "xxxx8670", "billId": "b1"}
    fields: dict[str, Any] = {
        "amountInAccountCurrency": -65.4321,
        "balance": 0.005,
        "order": 7,
        "merchant": {"businessName": "Padaria SA"},
        "paymentData": pix,
        "creditCardMetadata": card,
        "description": None,
        "descriptionRaw": "PIX 11222333000181",
    }
    told = [mapped(account, **fields) for account in (BANK, CARD)]
    secret = {"content_hash", "details", "counterparty_index"}
    columns = [sorted((name, str(it)) for name, it in one.items() if name not in secret) for one in told]
    digest = hashlib.sha256(repr(columns).encode()).hexdigest()[:16]
    assert (MAPPING, digest) == (1, "a23c87ad2f01c456")


def test_an_id_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="Invalid UUID"):
        mapped(id="nothing")


def test_ids_are_uuids() -> None:
    assert row().pluggy_id == UUID(ID)


def test_codes_that_no_column_holds_are_left_out_and_the_row_stays() -> None:
    long = "9" * 200
    found = mapped(
        CARD,
        categoryId=long,
        operationType=long,
        order=2**40,
        amountInAccountCurrency=-50.0,
        currencyCode=long,
        paymentData={"paymentMethod": long},
        creditCardMetadata={"billId": long, "installmentNumber": 2**40, "totalInstallments": 3},
    )
    left_out = [name for name in (*LONGEST, "day_order", "installment_number") if found[name] is not None]
    assert left_out == ["original_amount"]
    assert (found["amount_cents"], found["total_installments"], found["description"]) == (-5000, 3, "Padaria")


def test_what_columns_hold_is_what_the_model_says() -> None:
    assert {name: Transaction._meta.get_field(name).max_length for name in LONGEST} == LONGEST
