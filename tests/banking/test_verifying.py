"""The nightly check finds what no sync would see, heals it the normal way, and says so."""

from datetime import timedelta

import pytest
from tests.banking.stories import Bank, sync

from financehub.banking import verifying
from financehub.banking.models import MonthFinding, Transaction
from financehub.core import clock
from financehub.core.models import Event


def verify(bank: Bank) -> list[MonthFinding]:
    bank.item.refresh_from_db()
    return verifying.verify_item(item=bank.item, vendor=bank.simulator.client())


def rows(bank: Bank) -> list[tuple[object, int]]:
    found = Transaction.objects.of(bank.company).visible().order_by("pluggy_id")
    return list(found.values_list("pluggy_id", "amount_cents"))


def old_row(bank: Bank) -> Transaction:
    """A row of the checking account that a short look-back no longer reaches."""
    kept = Transaction.objects.of(bank.company).filter(account=bank.account(), status="POSTED")
    return kept.filter(date__lt=clock.today() - timedelta(days=100)).latest("date")  # type: ignore[no-any-return]


def test_nothing_is_written_where_everything_is_equal(synced_bank: Bank) -> None:
    events = Event.objects.count()
    assert verify(synced_bank) == []
    assert MonthFinding.objects.of(synced_bank.company).count() == 0
    assert Event.objects.count() == events


def test_months_here_are_the_months_at_the_vendor(synced_bank: Bank) -> None:
    account = synced_bank.account()
    found = verifying.compare(account, synced_bank.simulator.client())
    assert found.theirs == found.ours
    assert len(found.ours) >= 12
    count, cents = (sum(month[part] for month in found.ours.values()) for part in (0, 1))
    stored = list(Transaction.objects.of(synced_bank.company).filter(account=account))
    assert (count, cents) == (len(stored), sum(row.amount_cents for row in stored))


def test_a_lost_row_is_fetched_again_and_told(synced_bank: Bank) -> None:
    before, lost = rows(synced_bank), old_row(synced_bank)
    account = lost.account
    Transaction.objects.of(synced_bank.company).filter(pk=lost.pk).delete()

    (finding,) = verify(synced_bank)

    assert rows(synced_bank) == before
    assert (finding.account, finding.month) == (account, lost.date.replace(day=1))
    assert finding.vendor_count - finding.our_count == 1
    assert finding.vendor_cents - finding.our_cents == lost.amount_cents
    assert (finding.new, finding.changed, finding.withdrawn) == (1, 0, 0)
    assert finding.healed_at is not None
    assert verify(synced_bank) == []


def test_a_wrong_amount_is_mended_and_edits_stay(synced_bank: Bank) -> None:
    before, row = rows(synced_bank), old_row(synced_bank)
    Transaction.objects.of(synced_bank.company).filter(pk=row.pk).update(
        amount_cents=1, content_hash=b"\0" * 16, own_note="meu"
    )

    (finding,) = verify(synced_bank)

    assert rows(synced_bank) == before
    row.refresh_from_db()
    assert row.own_note == "meu"
    assert (finding.new, finding.changed) == (0, 1)


def test_a_row_that_only_we_have_is_withdrawn(synced_bank: Bank) -> None:
    before, row = rows(synced_bank), old_row(synced_bank)
    row.pk, row.pluggy_id = None, "00000000-0000-4000-8000-000000000abc"
    row.id = Transaction().id
    row.save(force_insert=True)

    (finding,) = verify(synced_bank)

    assert rows(synced_bank) == before
    assert finding.our_count - finding.vendor_count == finding.withdrawn == 1


def test_silence_heals_nothing_and_is_told_once(synced_bank: Bank) -> None:
    before = rows(synced_bank)
    synced_bank.simulator.control(f"/items/{synced_bank.vendor_id}/revoke-consent")

    told = verify(synced_bank)
    told_again = verify(synced_bank)

    assert rows(synced_bank) == before
    assert {finding.reason for finding in told} == {"empty_answer"}
    assert [finding.pk for finding in told_again] == [finding.pk for finding in told]
    assert not any(finding.healed_at for finding in told)


def test_an_open_finding_closes_when_the_month_is_equal_again(synced_bank: Bank) -> None:
    MonthFinding.objects.create(
        company=synced_bank.company,
        account=synced_bank.account(),
        month=clock.today().replace(day=1),
        reason="stale",
        vendor_count=1,
        vendor_cents=1,
        our_count=0,
        our_cents=0,
        found_at=clock.now(),
    )
    assert verify(synced_bank) == []
    assert MonthFinding.objects.of(synced_bank.company).get().healed_at is not None


@pytest.mark.parametrize("status", ["OUTDATED", "LOGIN_ERROR"])
def test_a_connection_that_is_not_well_is_left_alone(synced_bank: Bank, status: str) -> None:
    lost = old_row(synced_bank)
    Transaction.objects.of(synced_bank.company).filter(pk=lost.pk).delete()
    error = {"OUTDATED": "SITE_NOT_AVAILABLE", "LOGIN_ERROR": "INVALID_CREDENTIALS"}[status]
    synced_bank.simulator.plan(synced_bank.vendor_id, error=error)
    synced_bank.collect()
    assert verify(synced_bank) == []
    assert sync(synced_bank, full=True).new == 1
