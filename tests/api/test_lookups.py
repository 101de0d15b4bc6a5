"""What an address names is found inside the caller's company, and nowhere else."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from tests.builders import make_account, make_company, make_item, make_transaction

from financehub.api import lookups
from financehub.api.auth import AuthedRequest, Caller
from financehub.audit.recording import Actor
from financehub.banking.models import Sync
from financehub.companies.models import Company, Membership, User
from financehub.core import clock
from financehub.core.errors import NotFound


@pytest.fixture
def request_of_ana(ana: User, bakery: Company) -> AuthedRequest:
    request = AuthedRequest()
    place = Membership.objects.of(bakery).get(user=ana)
    request.auth = Caller(bakery, ana, Actor("user", ana.pk), place)
    return request


def make_everything(company: Company) -> list[tuple[Callable[[AuthedRequest, UUID], object], UUID]]:
    """One row of each kind, with how it is looked up and under which id."""
    item, at = make_item(company=company), clock.now()
    account = make_account(item=item)
    row = make_transaction(account=account)
    sync = Sync.objects.create(company=company, item=item, trigger="timer", due_at=at, requested_at=at)
    assert account.pluggy_id is not None
    return [
        (lookups.item, item.pk),
        (lookups.item_at_pluggy, item.pluggy_id),
        (lookups.account, account.pk),
        (lookups.account_at_pluggy, account.pluggy_id),
        (lookups.transaction, row.pk),
        (lookups.sync, sync.pk),
    ]


def test_the_callers_own_rows_are_found(request_of_ana: AuthedRequest, bakery: Company) -> None:
    for find, key in make_everything(bakery):
        assert key in vars(find(request_of_ana, key)).values()


def test_another_companys_rows_are_not(request_of_ana: AuthedRequest) -> None:
    for find, key in make_everything(make_company()):
        with pytest.raises(NotFound):
            find(request_of_ana, key)


def test_what_exists_nowhere_is_not_found(request_of_ana: AuthedRequest) -> None:
    with pytest.raises(NotFound):
        lookups.item_at_pluggy(request_of_ana, uuid4())


def test_an_account_that_was_put_away_is_not_found(request_of_ana: AuthedRequest, bakery: Company) -> None:
    account = make_account(company=bakery, is_manual=True, archived_at=clock.now())
    with pytest.raises(NotFound):
        lookups.account(request_of_ana, account.pk)
