"""An Open Finance connection whose account names its holder."""

from datetime import UTC, datetime
from typing import Any

from tests.builders import make_account, make_connector, make_item

from financehub.banking.models import Item
from financehub.core import clock, crypto

ANA, EVA = "76109277673", "05117767055"
DAILY = ["accounts_balance", "transactions_recent"]


def open_finance(document: str = ANA, **fields: Any) -> Item:
    """Connected to Nubank's Open Finance, with accounts and transactions."""
    connector = make_connector(id=612, name="Nubank", is_open_finance=True)
    item = make_item(connector=connector, **{"products": ["ACCOUNTS", "TRANSACTIONS"], **fields})
    if document:
        make_account(item=item, document_index=crypto.blind_index(document, purpose="document"))
    return item


def this_month(day_hours: float) -> datetime:
    """So many hours after the present month began; the tests' executions are counted in it."""
    first = clock.today().replace(day=1)
    return datetime.fromtimestamp(clock.start_of_day(first).timestamp() + 3600 * day_hours, tz=UTC)


def execution(item: Item, at: datetime, **detail: Any) -> Item:
    """The vendor has collected."""
    item.last_updated_at, item.status_detail = at, detail or None
    item.save()
    return item
