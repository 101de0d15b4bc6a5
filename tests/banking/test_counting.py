"""What a sync did to accounts, consents, bills and the rest is counted by product."""

from tests.banking.stories import Bank, sync

from financehub.banking import counting
from financehub.banking.models import Account, Loan


class TestCounted:
    def test_adds_up_by_product(self) -> None:
        with counting.counted() as counts:
            counting.note(Account, read=3, new=2, changed=1)
            counting.note(Account, read=1, new=0, changed=0)
        assert counts == {"accounts": {"read": 4, "new": 2, "changed": 1, "unchanged": 1}}

    def test_keeps_silent_about_what_was_not_read_and_afterwards(self) -> None:
        with counting.counted() as counts:
            counting.note(Loan, read=0, new=0, changed=0)
        counting.note(Loan, read=1, new=1, changed=0)
        assert counts == {}


def test_a_sync_says_what_became_of_every_product(synced_bank: Bank) -> None:
    again = sync(synced_bank, full=True)
    assert again.products["accounts"] == {"read": 3, "new": 0, "changed": 0, "unchanged": 3}
    assert set(again.products) >= {"accounts", "bills", "investments", "loans", "identity"}
    for counts in again.products.values():
        assert counts["read"] == counts["new"] + counts["changed"] + counts["unchanged"] > 0
