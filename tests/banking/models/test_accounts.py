"""What an account adds to cash, and what the database refuses."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from tests.builders import make_account, make_item

from financehub.banking.models import Account, AccountType
from financehub.core import clock


@pytest.mark.parametrize(("kind", "cash"), [("BANK", 12_345), ("CREDIT", 0)])
def test_only_money_in_the_bank_is_cash(kind: str, cash: int) -> None:
    account = Account(type=kind, balance_cents=12_345)
    assert (account.cash_cents, account.is_card) == (cash, kind == "CREDIT")


@pytest.mark.django_db
def test_an_account_of_the_vendor_exists_once_in_a_company() -> None:
    account = make_account()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_account(item=account.item, company=account.company, pluggy_id=account.pluggy_id)


@pytest.mark.django_db
def test_an_account_is_either_manual_or_the_vendors() -> None:
    item = make_item()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_account(company=item.company, is_manual=True, pluggy_id=uuid4())


@pytest.mark.django_db
def test_an_archived_account_is_not_open() -> None:
    account = make_account()
    make_account(company=account.company, item=account.item, archived_at=clock.now(), type="CREDIT")
    accounts = Account.objects.of(account.company_id)
    assert list(accounts.open()) == [account]
    assert accounts.of_type(AccountType.CREDIT).count() == 1
