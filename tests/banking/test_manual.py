"""Money kept by hand: the balance follows every row, and the bank's own rows are out of reach."""

from datetime import date

import pytest
from tests.builders import make_account, make_transaction

from financehub.audit.models import AuditLog
from financehub.audit.recording import Actor
from financehub.banking import manual
from financehub.banking.manual import Entry, NotManual
from financehub.banking.models import Account, Transaction
from financehub.companies.models import Company
from financehub.core.errors import Invalid
from financehub.core.money import MAX_CENTS

DAY = date(2026, 11, 20)


@pytest.fixture
def wallet(bakery: Company, by_ana: Actor) -> Account:
    """R$ 100,00 in a drawer."""
    return manual.create_account(
        company=bakery, name=" Gaveta ", kind="BANK", opening_cents=10_000, by=by_ana
    )


def balance(account: Account) -> int:
    return Account.objects.of(account.company_id).get(pk=account.pk).balance_cents


def spend(account: Account, cents: int, by: Actor) -> Transaction:
    return manual.add_transaction(account=account, entry=Entry(cents, DAY, "Feira"), by=by)


def test_an_account_begins_with_its_opening_balance(wallet: Account) -> None:
    assert (wallet.name, wallet.is_manual, balance(wallet)) == ("Gaveta", True, 10_000)


@pytest.mark.parametrize(("name", "kind"), [("  ", "BANK"), ("Gaveta", "SAVINGS")])
def test_an_account_needs_a_name_and_a_known_kind(
    bakery: Company, by_ana: Actor, name: str, kind: str
) -> None:
    with pytest.raises(Invalid):
        manual.create_account(company=bakery, name=name, kind=kind, opening_cents=0, by=by_ana)


def test_rows_move_the_balance_by_their_signed_amount(wallet: Account, by_ana: Actor) -> None:
    spent, earned = spend(wallet, -2_550, by_ana), spend(wallet, 900, by_ana)
    assert balance(wallet) == 8_350
    assert (spent.type, earned.type, spent.source, spent.status) == ("DEBIT", "CREDIT", "manual", "POSTED")


def test_a_purchase_raises_the_debt_of_a_card(bakery: Company, by_ana: Actor) -> None:
    card = manual.create_account(company=bakery, name="Loja", kind="CREDIT", opening_cents=0, by=by_ana)
    spend(card, -3_000, by_ana)
    spend(card, 1_000, by_ana)
    assert balance(card) == 2_000


def test_an_edit_moves_the_balance_by_the_difference(wallet: Account, by_ana: Actor) -> None:
    row = spend(wallet, -2_550, by_ana)
    edited = manual.edit_transaction(row=row, entry=Entry(4_000, DAY, " Troco ", "01010000"), by=by_ana)
    assert balance(wallet) == 14_000
    assert (edited.type, edited.description, edited.own_category_id) == ("CREDIT", "Troco", "01010000")


def test_deleting_gives_the_money_back_once_and_restoring_takes_it_once(
    wallet: Account, by_ana: Actor
) -> None:
    row = spend(wallet, -2_550, by_ana)
    for _ in range(2):
        manual.delete_transaction(row=row, by=by_ana)
        assert balance(wallet) == 10_000
    for _ in range(2):
        manual.restore_transaction(row=row, by=by_ana)
        assert balance(wallet) == 7_450


def test_a_row_edited_while_deleted_counts_its_new_amount_when_restored(
    wallet: Account, by_ana: Actor
) -> None:
    row = spend(wallet, -2_550, by_ana)
    manual.delete_transaction(row=row, by=by_ana)
    manual.edit_transaction(row=row, entry=Entry(-100, DAY, "Feira"), by=by_ana)
    assert balance(wallet) == 10_000
    manual.restore_transaction(row=row, by=by_ana)
    assert balance(wallet) == 9_900


def test_a_bank_row_is_hidden_and_shown_again_without_touching_the_bank_balance(by_ana: Actor) -> None:
    account = make_account(balance_cents=500)
    row = make_transaction(account=account)
    manual.delete_transaction(row=row, by=by_ana)
    assert not Transaction.objects.of(account.company_id).visible().exists()
    manual.restore_transaction(row=row, by=by_ana)
    assert (Transaction.objects.of(account.company_id).visible().count(), balance(account)) == (1, 500)


def test_the_banks_own_things_are_not_changed_by_hand(by_ana: Actor) -> None:
    account = make_account()
    row, entry = make_transaction(account=account), Entry(-1, DAY, "Feira")
    with pytest.raises(NotManual):
        manual.add_transaction(account=account, entry=entry, by=by_ana)
    with pytest.raises(NotManual):
        manual.edit_transaction(row=row, entry=entry, by=by_ana)
    with pytest.raises(NotManual):
        manual.archive_account(account=account, by=by_ana)


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (Entry(-1, DAY, "  "), "description"),
        (Entry(0, DAY, "Feira"), "amount"),
        (Entry(MAX_CENTS + 1, DAY, "Feira"), "amount"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_written(
    wallet: Account, by_ana: Actor, entry: Entry, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        manual.add_transaction(account=wallet, entry=entry, by=by_ana)
    assert refused.value.details == {"field": field}
    assert balance(wallet) == 10_000


def test_an_archived_account_is_no_longer_open_and_keeps_its_rows(wallet: Account, by_ana: Actor) -> None:
    spend(wallet, -1, by_ana)
    manual.archive_account(account=wallet, by=by_ana)
    assert not Account.objects.of(wallet.company_id).open().exists()
    assert Transaction.objects.of(wallet.company_id).count() == 1


def test_every_deed_leaves_its_row_in_the_audit_trail(wallet: Account, by_ana: Actor) -> None:
    row = spend(wallet, -1, by_ana)
    manual.edit_transaction(row=row, entry=Entry(-2, DAY, "Feira"), by=by_ana)
    manual.delete_transaction(row=row, by=by_ana)
    manual.restore_transaction(row=row, by=by_ana)
    deeds = AuditLog.objects.filter(company_id=wallet.company_id, actor_id=by_ana.id).order_by("created_at")
    assert list(deeds.values_list("action", flat=True)) == [
        "company.account_created",
        "company.transaction_added",
        "company.transaction_edited",
        "company.transaction_deleted",
        "company.transaction_restored",
    ]
