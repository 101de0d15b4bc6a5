"""A person puts a row on another bill; no sync undoes it."""

from datetime import date

import pytest
from tests.banking.stories import Bank, sync
from tests.builders import make_account, make_transaction

from financehub.audit.models import AuditLog
from financehub.audit.recording import Actor
from financehub.banking import reports as banking
from financehub.banking.cards import moving, reports
from financehub.banking.cards.billing_cycles import Rule
from financehub.banking.models import Transaction
from financehub.companies.models import Company
from financehub.core.errors import Invalid
from financehub.core.models import Event


class TestMovingARow:
    def test_is_kept_by_the_row_written_down_and_told(self, bakery: Company, by_ana: Actor) -> None:
        row = make_transaction(account=make_account(company=bakery, type="CREDIT"))
        moved = moving.move(row=row, month=date(2026, 12, 15), by=by_ana)
        assert moved.own_bill_month == date(2026, 12, 1)
        assert AuditLog.objects.get(object_id=str(row.pk)).facts == {"fields": "own_bill_month"}
        assert Event.objects.filter(company_id=bakery.pk, topic="transactions").count() == 1

    def test_can_be_undone(self, bakery: Company, by_ana: Actor) -> None:
        row = make_transaction(account=make_account(company=bakery, type="CREDIT"))
        moved = moving.move(row=row, month=date(2026, 12, 1), by=by_ana)
        assert moving.move(row=moved, month=None, by=by_ana).own_bill_month is None

    def test_to_where_it_is_writes_nothing(self, bakery: Company, by_ana: Actor) -> None:
        row = make_transaction(account=make_account(company=bakery, type="CREDIT"))
        moving.move(row=row, month=None, by=by_ana)
        assert not AuditLog.objects.filter(object_id=str(row.pk)).exists()

    def test_is_refused_for_a_bank_account(self, bakery: Company, by_ana: Actor) -> None:
        row = make_transaction(account=make_account(company=bakery))
        with pytest.raises(Invalid):
            moving.move(row=row, month=date(2026, 12, 1), by=by_ana)

    def test_survives_a_new_id_from_the_vendor(self, synced_bank: Bank, by_ana: Actor) -> None:
        card = synced_bank.account("CREDIT")
        placed = reports.statement(synced_bank.company, card).open.rows[0]
        row = Transaction.objects.of(synced_bank.company).select_related("account").get(pk=placed.row.id)
        moving.move(row=row, month=date(2027, 1, 1), by=by_ana)
        synced_bank.mutate("rekey", card, transactionId=str(row.pluggy_id))
        assert sync(synced_bank, full=True).status == "SUCCEEDED"
        again = Transaction.objects.of(synced_bank.company).visible().get(own_bill_month=date(2027, 1, 1))
        assert again.pk == row.pk
        assert again.pluggy_id != row.pluggy_id

    def test_survives_a_sync_that_changes_the_row(self, synced_bank: Bank, by_ana: Actor) -> None:
        card = synced_bank.account("CREDIT")
        statement = reports.statement(synced_bank.company, card)
        placed = statement.open.rows[0]
        later = statement.future[0].month
        row = Transaction.objects.of(synced_bank.company).select_related("account").get(pk=placed.row.id)
        moving.move(row=row, month=later, by=by_ana)
        synced_bank.mutate("description", card, transactionId=str(row.pluggy_id), description="Outro nome")
        assert sync(synced_bank, full=True).status == "SUCCEEDED"
        again = reports.report(synced_bank.company, banking.open_accounts(synced_bank.company)).cards[0]
        moved = next(one for one in again.sheet_of(later).rows if one.row.id == placed.row.id)
        assert moved.rule == Rule.PERSON
