"""Card rows out of the database, with what only their sealed originals hold."""

from datetime import date

import msgspec
import pytest
from tests.builders import make_account, make_transaction

from financehub.banking.cards.card_rows import Ledger, month_named, rows_of
from financehub.banking.cards.rows import CardRow, Hidden
from financehub.companies.models import Company
from financehub.core import clock, crypto

DAY = date(2026, 11, 20)
ORIGINAL = {
    "creditCardMetadata": {
        "billForecastDate": "2026-12",
        "purchaseDate": "2026-09-20T03:00:00.000Z",
        "totalAmount": 300.03,
        "otherCreditsType": "OTHER",
    }
}


@pytest.fixture
def card(bakery: Company) -> object:
    return make_account(company=bakery, type="CREDIT")


def read(company: Company, card: object, **fields: object) -> CardRow:
    """The row as bills see it."""
    make_transaction(account=card, date=DAY, **fields)
    (row,) = rows_of(Ledger(company, [card], DAY))[card.pk]  # type: ignore[attr-defined,list-item]
    return row


def sealed(original: object = ORIGINAL) -> bytes:
    return crypto.seal(msgspec.json.encode(original))


def test_an_open_row_knows_its_month_named(bakery: Company, card: object) -> None:
    row = read(bakery, card, details=sealed())
    assert (row.forecast_month, row.day, row.cents) == (date(2026, 12, 1), DAY, -1234)


def test_a_parcela_knows_its_purchase(bakery: Company, card: object) -> None:
    row = read(bakery, card, details=sealed(), installment_number=2, total_installments=3, bill_pluggy_id="b")
    assert (row.installment, row.purchase_day, row.purchase_cents) == ((2, 3), date(2026, 9, 20), 30003)


def test_a_row_with_a_bill_leaves_its_original_sealed(bakery: Company, card: object) -> None:
    row = read(bakery, card, details=b"not even sealed", bill_pluggy_id="b")
    assert (row.bill_pluggy_id, row.forecast_month) == ("b", None)


@pytest.mark.parametrize("details", [None, b"damaged", b""])
def test_a_row_without_a_readable_original_still_has_its_columns(
    bakery: Company, card: object, details: bytes | None
) -> None:
    row = read(bakery, card, details=details, card_last4="8670")
    assert (row.last4, row.forecast_month, row.purchase_day) == ("8670", None, None)


def test_hidden_rows_come_marked(bakery: Company, card: object) -> None:
    make_transaction(account=card, date=DAY, deleted_at=clock.now())
    make_transaction(account=card, date=DAY, withdrawn_at=clock.now())
    rows = rows_of(Ledger(bakery, [card], DAY))[card.pk]  # type: ignore[attr-defined,list-item]
    assert {row.hidden for row in rows} == {Hidden.DELETED, Hidden.WITHDRAWN}


def test_older_rows_and_other_accounts_stay_out(bakery: Company, card: object) -> None:
    make_transaction(account=card, date=date(2026, 11, 19))
    make_transaction(account=make_account(company=bakery, type="CREDIT"), date=DAY)
    assert rows_of(Ledger(bakery, [card], DAY)) == {}  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2026-12", date(2026, 12, 1)),
        ("2026-12-10", date(2026, 12, 1)),
        ("12-2026", None),
        ("", None),
        (None, None),
    ],
)
def test_a_forecast_is_a_month_or_nothing(text: str | None, month: date | None) -> None:
    assert month_named(text) == month
