"""Raw JSON of the vendor in, our columns out; money exact, days right, documents sealed or indexed."""

from datetime import UTC, date, datetime
from typing import Any, TypeVar

import msgspec
import pytest

from financehub.banking import shaping
from financehub.core import crypto
from financehub.providers.pluggy.shapes.accounts import Account, Bill
from financehub.providers.pluggy.shapes.base import Record, decode_record
from financehub.providers.pluggy.shapes.identity import Identity
from financehub.providers.pluggy.shapes.investments import Investment, InvestmentTransaction
from financehub.providers.pluggy.shapes.items import Consent
from financehub.providers.pluggy.shapes.loans import Loan

AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
ID = "22222222-2222-4222-8222-222222222222"
ShapeT = TypeVar("ShapeT", bound=Record)

COMMON: dict[str, Any] = {"id": ID, "itemId": "11111111-1111-4111-8111-111111111111"}


def shaped(shape: type[ShapeT], **fields: Any) -> ShapeT:
    return decode_record(shape, msgspec.json.encode({**COMMON, **fields}))


def account(**fields: Any) -> dict[str, object]:
    return shaping.account_fields(shaped(Account, **{"type": "BANK", "balance": 0, **fields}), at=AT)


def test_a_bank_account_keeps_its_number_sealed_and_findable() -> None:
    fields = account(number="0001/12345-6", taxNumber="390.533.447-05", owner="Ana", balance=1234.56)
    assert (fields["number_last4"], fields["balance_cents"], fields["document"]) == (
        "3456",
        123_456,
        "39053344705",
    )
    assert fields["number_index"] == crypto.blind_index("0001/12345-6", purpose="account-number")
    assert fields["document_index"] == crypto.blind_index("39053344705", purpose="document")
    assert (fields["balance_at"], fields["credit_limit_cents"]) == (AT, None)


def test_what_the_bank_does_not_say_stays_unknown_rather_than_zero() -> None:
    fields = account(number=None, taxNumber=None, marketingName=None)
    assert (fields["number"], fields["number_index"], fields["document"]) == (None, "", None)
    assert (fields["closing_balance_cents"], fields["overdraft_limit_cents"]) == (None, None)


def test_money_beside_the_balance_is_told_apart() -> None:
    data = {"closingBalance": 10.01, "automaticallyInvestedBalance": 0.1, "overdraftContractedLimit": 500}
    fields = account(bankData=data)
    assert (fields["closing_balance_cents"], fields["automatically_invested_cents"]) == (1001, 10)
    assert (fields["overdraft_limit_cents"], fields["overdraft_used_cents"]) == (50_000, None)


def test_a_card_says_its_limit_and_its_days() -> None:
    data = {
        "creditLimit": 5000,
        "availableCreditLimit": 1234.5,
        "balanceCloseDate": "2026-11-28T00:00:00.000Z",
        "balanceDueDate": "2026-12-05T03:00:00.000Z",
        "brand": "VISA",
    }
    fields = account(type="CREDIT", balance=321.99, creditData=data)
    assert (fields["credit_limit_cents"], fields["available_limit_cents"]) == (500_000, 123_450)
    assert (fields["close_date"], fields["due_date"]) == (date(2026, 11, 28), date(2026, 12, 5))
    assert (fields["balance_cents"], fields["brand"]) == (32_199, "VISA")


def test_names_never_show_a_document() -> None:
    assert account(name="Conta 39053344705")["name"] == "Conta ***"


def test_a_bill_keeps_charges_and_payments_in_cents() -> None:
    bill = shaped(
        Bill,
        dueDate="2026-11-10T00:00:00.000Z",
        totalAmount=150.3,
        financeCharges=[{"type": "IOF", "amount": 0.29}],
        payments=[{"valueType": "PARTIAL", "paymentDate": "2026-11-09T15:00:00Z", "amount": 100}],
    )
    fields = shaping.bill_fields(bill)
    assert (fields["due_date"], fields["total_cents"], fields["minimum_cents"]) == (
        date(2026, 11, 10),
        15_030,
        None,
    )
    assert fields["finance_charges"] == [{"type": "IOF", "amount_cents": 29, "currency": "BRL"}]
    assert fields["payments"] == [
        {"type": "PARTIAL", "mode": None, "date": "2026-11-09", "amount_cents": 10_000}
    ]


def test_a_consent_without_an_end_does_not_expire() -> None:
    consent = shaped(
        Consent, createdAt="2026-01-01T10:00:00Z", openFinancePermissionsGranted=["ACCOUNTS_READ"]
    )
    fields = shaping.consent_fields(consent)
    assert (fields["expires_at"], fields["revoked_at"], fields["permissions"]) == (
        None,
        None,
        ["ACCOUNTS_READ"],
    )


def test_quantities_and_rates_of_an_investment_stay_exact() -> None:
    raw = (
        b'{"id":"x","itemId":"y","type":"MUTUAL_FUND","name":"Fundo","balance":1000.005,'
        b'"quantity":0.123456789012345678,"rate":101.10,"taxes":1.10}'
    )
    fields = shaping.investment_fields(decode_record(Investment, raw))
    details = fields["details"]
    assert (fields["balance_cents"], fields["quantity"]) == (100_000, "0.123456789012345678")
    assert isinstance(details, dict)
    assert (details["rate"], details["taxes"], details["amountProfit"]) == ("101.10", "1.10", "")


@pytest.mark.parametrize(
    ("kind", "said", "direction"),
    [("BUY", None, "CREDIT"), ("SELL", None, "DEBIT"), ("TAX", "DEBIT", "DEBIT")],
)
def test_a_movement_has_a_direction_and_may_have_no_amount(
    kind: str, said: str | None, direction: str
) -> None:
    movement = shaped(InvestmentTransaction, type=kind, movementType=said, date="2026-11-01T00:00:00Z")
    fields = shaping.movement_fields(movement)
    assert (fields["movement_type"], fields["amount_cents"], fields["date"]) == (
        direction,
        None,
        date(2026, 11, 1),
    )


def test_a_loan_without_details_is_still_a_loan() -> None:
    fields = shaping.loan_fields(shaped(Loan, productName="Crédito"))
    assert (fields["outstanding_cents"], fields["total_installments"], fields["annual_cost"]) == (
        None,
        None,
        "",
    )


def test_a_loan_tells_how_much_and_how_many_are_left() -> None:
    loan = shaped(
        Loan,
        CET=0.29,
        contractAmount=10_000,
        installments={"totalNumberOfInstallments": 48, "paidInstallments": 11},
        payments={"contractOutstandingBalance": 7512.33},
    )
    fields = shaping.loan_fields(loan)
    assert (fields["contract_cents"], fields["outstanding_cents"]) == (1_000_000, 751_233)
    assert (fields["total_installments"], fields["paid_installments"], fields["annual_cost"]) == (
        48,
        11,
        "0.29",
    )


def test_an_identity_is_kept_whole_as_it_came() -> None:
    fields = shaping.identity_fields(shaped(Identity, fullName="Ana", newField={"a": [1]}))
    assert fields["content"] == {**COMMON, "fullName": "Ana", "newField": {"a": [1]}}


def test_a_card_says_whether_its_limit_is_shared_and_which_cards_come_with_it() -> None:
    data = {
        "disaggregatedCreditLimits": [
            {"creditLineLimitType": "LIMITE_CREDITO_MODALIDADE_OPERACAO", "consolidationType": "INDIVIDUAL"},
            {"creditLineLimitType": "LIMITE_CREDITO_TOTAL", "consolidationType": "CONSOLIDADO"},
        ],
        "additionalCards": [{"number": "xxxx 4417"}],
    }
    fields = account(type="CREDIT", creditData=data)
    assert (fields["limit_consolidation"], fields["additional_last4"]) == ("CONSOLIDADO", ["4417"])
    assert account(type="CREDIT", creditData={})["limit_consolidation"] == ""


def test_a_debt_that_a_bank_writes_negative_is_turned() -> None:
    data = {"creditLimit": 1000, "availableCreditLimit": 496.9}
    assert account(type="CREDIT", balance=-503.1, creditData=data)["balance_cents"] == 50_310
    assert account(type="CREDIT", balance=-20, creditData=data)["balance_cents"] == -2_000
    assert account(type="BANK", balance=-503.1)["balance_cents"] == -50_310
