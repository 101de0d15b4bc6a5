"""The comparison that the contract tests rest on can fail."""

import pytest
from pluggy_sdk import Category, Document, Loan, PaymentDataParticipant, Transaction
from tests.contract.official import differences

GOOD = {
    "id": "1",
    "description": "Income",
    "descriptionTranslated": None,
    "parentId": None,
    "parentDescription": None,
}


def test_equal_objects_do_not_differ() -> None:
    assert list(differences(GOOD, Category.from_dict(GOOD))) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"extra": 1}, "$.extra: Category declares no such field"),
        ({"description": "Other"}, "$.description: sent 'Other', read 'Income'"),
        ({"parentId": "2"}, "$.parentId: sent '2', read None"),
    ],
)
def test_names_what_differs(change: dict, message: str) -> None:
    assert list(differences(GOOD | change, Category.from_dict(GOOD))) == [message]


def test_names_a_required_key_that_is_absent() -> None:
    sent = {key: value for key, value in GOOD.items() if key != "description"}
    assert list(differences(sent, Category.from_dict(GOOD))) == ["$.description: required and absent"]


def test_looks_inside_objects_and_lists() -> None:
    sent = {"documentNumber": {"type": "CPF", "value": "1"}, "name": "Ana"}
    read = PaymentDataParticipant(document_number=Document(type="CPF", value="2"), name="Ana")
    assert list(differences([sent], [read])) == ["$[0].documentNumber.value: sent '1', read '2'"]
    assert next(differences([sent, sent], [read])) == "$: 2 entries sent, 1 read"


def test_reads_dates_and_booleans_strictly() -> None:
    assert Loan.model_fields["var_date"].alias == "date"
    fields = {
        "id": "00000000-0000-4000-8000-000000000000",
        "description": "x",
        "currencyCode": "BRL",
        "amount": 1.5,
        "date": "2026-01-01T03:00:00.000Z",
        "accountId": "00000000-0000-4000-8000-000000000001",
        "createdAt": "2026-01-01T03:00:00.000Z",
        "updatedAt": "2026-01-01T03:00:00.000Z",
    }
    read = Transaction.from_dict(fields)
    assert list(differences(fields, read)) == []
    later = fields | {"date": "2026-01-01T03:00:01.000Z"}
    assert len(list(differences(later, read))) == 1
    assert list(differences(True, 1)) == ["$: sent True, read 1"]
