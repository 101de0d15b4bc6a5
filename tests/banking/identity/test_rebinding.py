"""Taking over another row's place at the vendor, and giving it back exactly."""

from datetime import timedelta

from tests.builders import make_account, make_transaction

from financehub.banking.identity import rebinding
from financehub.banking.identity.rebinding import Binding
from financehub.banking.importing import COLUMNS
from financehub.banking.models import FormerId, Transaction, TransferPair
from financehub.core import clock


def bound(**fields: object) -> tuple[Transaction, Transaction]:
    """A parked row with a note, and what it became; already bound."""
    account = make_account()
    old = make_transaction(account=account, withdrawn_at=clock.now(), own_note="minha", **fields)
    new = make_transaction(account=account, description="Padaria Ltda", amount_cents=-1300, details=b"sealed")
    rebinding.bind([Binding(old, new, 80, ["same_day"])], decided_by="rule")
    return old, new


def test_the_old_row_has_the_new_columns_and_keeps_what_a_person_set(db: None) -> None:
    old, new = bound()
    stored = Transaction.objects.of(old.company_id).get(pk=old.pk)
    for name in COLUMNS:
        assert stored.__dict__[name] == new.__dict__[name]
    assert (stored.own_note, stored.withdrawn_at) == ("minha", None)
    assert not Transaction.objects.of(old.company_id).filter(pk=new.pk).exists()


def test_a_snapshot_restores_every_column(db: None) -> None:
    old = make_transaction(details=b"\x00sealed", original_amount="9.99", installment_number=2)
    kept, before = rebinding.snapshot(old), {name: old.__dict__[name] for name in COLUMNS}
    for name in COLUMNS:
        setattr(old, name, None)
    rebinding.restore(old, kept)
    assert {name: old.__dict__[name] for name in COLUMNS} == before


def test_a_second_binding_dates_the_id_from_the_first(db: None) -> None:
    old, _ = bound(created_at=clock.now() - timedelta(days=9))
    first = FormerId.objects.of(old.company_id).get()
    again = make_transaction(account=old.account, amount_cents=-1400)
    rebinding.bind([Binding(old, again, 70, [])], decided_by="person")
    second = FormerId.objects.of(old.company_id).exclude(pk=first.pk).get()
    assert (second.first_seen_at, second.pluggy_id) == (first.replaced_at, first.replaced_by)


def test_what_a_person_set_on_the_new_row_fills_what_the_old_one_lacks(db: None) -> None:
    account = make_account()
    old = make_transaction(account=account, withdrawn_at=clock.now())
    new = make_transaction(account=account, own_note="nova", own_tags=["x"], edited_at=clock.now())
    rebinding.bind([Binding(old, new, 80, [])], decided_by="rule")
    old.refresh_from_db()
    assert (old.own_note, old.own_tags) == ("nova", ["x"])
    assert old.is_edited


def test_a_pair_of_the_new_row_goes_to_the_old_one(db: None) -> None:
    account = make_account()
    old = make_transaction(account=account, withdrawn_at=clock.now())
    new = make_transaction(account=account)
    other = make_transaction(account=make_account(company=account.company), amount_cents=1234)
    pair = TransferPair.objects.create(
        company=account.company, kind="transfer", sent=new, received=other, score=80, reasons=[],
        decided_by="person", created_at=clock.now(),
    )  # fmt: skip
    rebinding.bind([Binding(old, new, 80, [])], decided_by="rule")
    pair.refresh_from_db()
    assert pair.sent_id == old.pk


def test_only_visible_differences_are_told(db: None) -> None:
    account = make_account()
    old, new = make_transaction(account=account), make_transaction(account=account, status="PENDING")
    assert rebinding.changes_between(old, new) == {"status": ["POSTED", "PENDING"]}
