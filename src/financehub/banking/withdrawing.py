"""Rows the bank no longer shows: marked, never deleted, so that they can return with their edits."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from financehub.banking.identity import settling
from financehub.banking.models import Account, Transaction
from financehub.core import clock, events
from financehub.core.tenancy import TenantQuerySet

Rows = TenantQuerySet[Transaction]

IDS_PER_UPDATE = 500


def mark(account: Account, pluggy_ids: Sequence[UUID]) -> int:
    """Mark these rows of the account withdrawn, inside the caller's transaction; how many were not yet."""
    at, marked = clock.now(), 0
    rows = Transaction.objects.of(account.company_id).filter(account=account, withdrawn_at__isnull=True)
    for start in range(0, len(pluggy_ids), IDS_PER_UPDATE):
        chunk = pluggy_ids[start : start + IDS_PER_UPDATE]
        marked += rows.filter(pluggy_id__in=chunk).update(withdrawn_at=at, changed_at=at)
    return marked


def withdraw(*, account: Account, pluggy_ids: Sequence[UUID]) -> int:
    """The vendor's notice that rows were deleted, which may have come again already; repeating it changes nothing."""
    with transaction.atomic():
        marked = mark(account, pluggy_ids)
        if marked:
            settling.settle(account)
            events.publish(account.company_id, "transactions", account.pk)
    return marked
