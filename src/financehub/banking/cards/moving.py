"""A person puts a row on another bill, or lets the bank decide again."""

from datetime import date

from django.db import transaction

from financehub.audit.recording import Actor, Target, record
from financehub.banking.models import Transaction
from financehub.core import clock, events
from financehub.core.errors import Invalid


def move(*, row: Transaction, month: date | None, by: Actor) -> Transaction:
    """Put the row on the bill due in that month; None undoes it. Raises Invalid.

    The month is a person's column: a sync never touches it, and it stays with the row when its vendor id changes.
    """
    if not row.account.is_card:
        raise Invalid("only a card's row is on a bill", field="month")
    wanted = month.replace(day=1) if month else None
    if wanted == row.own_bill_month:
        return row
    with transaction.atomic():
        rows = Transaction.objects.of(row.company_id).filter(pk=row.pk)
        rows.update(own_bill_month=wanted, edited_at=clock.now())
        target = Target("transaction", row.pk, {"fields": "own_bill_month"})
        record("company.transaction_edited", by=by, on=target, company_id=row.company_id)
        events.publish(row.company_id, "transactions", row.account_id)
    row.refresh_from_db()
    return row
