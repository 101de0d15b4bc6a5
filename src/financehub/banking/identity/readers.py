"""Who reads the accounts of a connection just now: a sync or the nightly check. Meanwhile none changes places."""

from collections.abc import Iterable
from uuid import UUID

from financehub.banking.models import Item, Sync
from financehub.core import locks
from financehub.core.errors import Conflict


class AccountIsRead(Conflict):
    """The bank's answer about one of the two is being read just now; try again when that has ended."""

    code = "account_is_read"


def checking(item_id: UUID) -> str:
    """The lease of the nightly check of a connection."""
    return f"verify:{item_id}"


def require_none(company_id: UUID, item_ids: Iterable[UUID | None]) -> None:
    """No sync begins to read these connections until the transaction ends: it looks at its Item first.

    Items are locked before accounts, as a sync that ends does it. Raises AccountIsRead.
    """
    keys = {key for key in item_ids if key is not None}
    locked = Item.objects.of(company_id).select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    list(locked.values_list("pk", flat=True))
    is_synced = Sync.objects.of(company_id).filter(item__in=keys, status=Sync.Status.RUNNING).exists()
    if is_synced or locks.is_any_held([checking(key) for key in keys]):
        raise AccountIsRead
