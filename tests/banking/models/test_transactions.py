"""Which rows are seen and counted, and what the database refuses."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from tests.builders import make_account, make_transaction

from financehub.banking.models import Transaction
from financehub.core import clock

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "visible", "counted"),
    [
        ({}, True, True),
        ({"status": "PENDING"}, True, False),
        ({"is_ignored": True}, True, False),
        ({"withdrawn_at": clock.now()}, False, False),
        ({"deleted_at": clock.now()}, False, False),
    ],
)
def test_sums_are_made_of_posted_rows_that_nobody_hid(
    fields: dict[str, object], visible: bool, counted: bool
) -> None:
    rows = Transaction.objects.of(make_transaction(**fields).company_id)
    assert (rows.visible().exists(), rows.counted().exists()) == (visible, counted)


def test_a_vendor_id_exists_once_in_a_company() -> None:
    row = make_transaction()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_transaction(account=row.account, pluggy_id=row.pluggy_id)
    assert make_transaction(pluggy_id=row.pluggy_id).company_id != row.company_id


@pytest.mark.parametrize(("source", "has_id"), [("manual", True), ("vendor", False)])
def test_a_row_is_either_manual_or_the_vendors(source: str, has_id: bool) -> None:
    account, pluggy_id = make_account(), uuid4() if has_id else None
    with pytest.raises(IntegrityError), transaction.atomic():
        make_transaction(account=account, source=source, pluggy_id=pluggy_id)


def test_a_persons_words_are_shown_before_the_banks() -> None:
    row = Transaction(description="PADARIA", category_id="11", own_description="", own_category_id=None)
    assert (row.shown_description, row.shown_category_id) == ("PADARIA", "11")
    row.own_description, row.own_category_id = "Café", "08"
    assert (row.shown_description, row.shown_category_id) == ("Café", "08")
