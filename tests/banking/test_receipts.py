"""Receipts are listed newest first, filtered, and told in full."""

from datetime import timedelta
from typing import Any

import pytest
from tests.banking.stories import Bank, sync
from tests.builders import make_account, make_item

from financehub.banking import receipts
from financehub.banking.models import Item, MonthFinding, Sync
from financehub.banking.receipts import SyncFilter
from financehub.companies.models import Company
from financehub.core import clock

AT = clock.now()


def add(item: Item, minutes: int, **fields: Any) -> Sync:
    at = AT - timedelta(minutes=minutes)
    values = {"trigger": "timer", "status": "SUCCEEDED", "due_at": at, "requested_at": at, **fields}
    return Sync.objects.create(company=item.company, item=item, **values)


@pytest.mark.django_db
class TestPage:
    def test_lists_newest_first_and_goes_on(self, bakery: Company) -> None:
        item = make_item(company=bakery)
        syncs = [add(item, minutes) for minutes in (1, 2, 3)]
        add(make_item(), 0)
        first = receipts.page(bakery, SyncFilter(), limit=2)
        assert first == syncs[:2]
        assert receipts.page(bakery, SyncFilter(), before=first[-1].requested_at) == syncs[2:]

    @pytest.mark.parametrize(
        ("state", "trigger", "found"),
        [("failed", "", [1, 2]), ("pending", "", [2]), ("succeeded", "person", [3]), ("", "timer", [1, 2])],
    )
    def test_keeps_what_is_asked_for(
        self, bakery: Company, state: str, trigger: str, found: list[int]
    ) -> None:
        item = make_item(company=bakery)
        syncs = {
            1: add(item, 1, status="FAILED", error_code="ITEM_DELETED"),
            2: add(item, 2, status="PENDING", error_code="TIMEOUT"),
            3: add(item, 3, trigger="person"),
        }
        filters = SyncFilter(item_id=item.pk, trigger=trigger, state=state)
        assert receipts.page(bakery, filters) == [syncs[number] for number in found]


def test_a_sheet_has_each_account_and_its_sums(synced_bank: Bank) -> None:
    done = sync(synced_bank, full=True)
    sheet = receipts.sheet(done)
    assert [line.account.type for line in sheet.accounts] == ["BANK", "BANK", "CREDIT"]
    assert sum(line.receipt.read for line in sheet.accounts) == done.read
    assert all(line.receipt.adds_up and line.receipt.known_adds_up for line in sheet.accounts)


@pytest.mark.django_db
def test_findings_show_the_open_ones_first(bakery: Company) -> None:
    item = make_item(company=bakery)
    account = make_account(company=bakery, item=item)
    numbers = {"vendor_count": 1, "vendor_cents": 1, "our_count": 0, "our_cents": 0, "reason": "differed"}
    healed, still_open = (
        MonthFinding.objects.create(
            company=bakery,
            account=account,
            month=clock.today().replace(day=1),
            found_at=AT - timedelta(days=age),
            healed_at=healed_at,
            **numbers,
        )
        for age, healed_at in ((0, AT), (1, None))
    )
    assert receipts.findings(bakery, item) == [still_open, healed]
