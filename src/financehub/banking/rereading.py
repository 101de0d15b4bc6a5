"""Reading single transactions again, because the vendor says that they changed."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from financehub.banking import pluggy, rawstore, rowstore
from financehub.banking.importing import AccountFacts, recognise
from financehub.banking.models import Account, Transaction
from financehub.banking.rowstore import Tally
from financehub.banking.rowstore_tables import RowOwner
from financehub.billing import entitlements
from financehub.billing.entitlements import Deed
from financehub.core import clock, events
from financehub.providers.pluggy.shapes.transactions import TransactionPage, TransactionRow


def reread(*, account: Account, pluggy_ids: Sequence[UUID]) -> Tally:
    """Bring these rows up to date; what we do not know yet is left to a sync, which has its window and receipt.

    A row that the vendor no longer shows is left as it is: silence proves nothing. Without a plan nothing is read:
    the full look after one is chosen finds what changed.
    """
    if not entitlements.may(account.company, Deed.SYNC).is_allowed:
        return Tally()
    rows = Transaction.objects.of(account.company_id).filter(account=account, pluggy_id__in=pluggy_ids)
    ids = [str(key) for key in rows.values_list("pluggy_id", flat=True)]
    tally = Tally()
    for page in pluggy.client().iter_transaction_pages(str(account.pluggy_id), ids=ids):
        tally.add(_write(account, page))
    return tally


def absent(*, account: Account, pluggy_ids: Sequence[UUID]) -> list[UUID]:
    """Those of these rows that the vendor does not have now. Raises PluggyNotFound without the account."""
    ids = [str(key) for key in pluggy_ids]
    pages = pluggy.client().iter_transaction_pages(str(account.pluggy_id), ids=ids)
    there = {UUID(row.id) for page in pages for row in page.rows}
    return [key for key in pluggy_ids if key not in there]


def _write(account: Account, page: TransactionPage) -> Tally:
    facts, at = AccountFacts(account.type, account.currency), clock.now()
    with transaction.atomic():
        rows = [recognise(row, facts) for row in _not_older(account, page.rows)]
        rawstore.keep(account, [page], at=at)
        tally = rowstore.store(RowOwner(account.company_id, account.pk), rows, at=at).tally
        if tally.wrote:
            events.publish(account.company_id, "transactions", account.pk)
    return tally


def _not_older(account: Account, rows: list[TransactionRow]) -> list[TransactionRow]:
    """Without rows that a sync has brought in a newer version while this page was on its way."""
    keys = [UUID(row.id) for row in rows]
    stored = Transaction.objects.of(account.company_id).filter(account=account, pluggy_id__in=keys)
    newest = dict(stored.select_for_update(no_key=True).values_list("pluggy_id", "vendor_updated_at"))
    return [row for row in rows if not _is_before(row.updated_at, newest.get(UUID(row.id)))]


def _is_before(fetched: datetime | None, stored: datetime | None) -> bool:
    return fetched is not None and stored is not None and fetched < stored
