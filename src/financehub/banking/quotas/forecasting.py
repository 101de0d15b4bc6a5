"""Which monthly limits end before the month does, at the pace of their spending; asked every day by the clock."""

from dataclasses import dataclass

import structlog

from financehub.banking.models import Item
from financehub.banking.quotas import ledger
from financehub.banking.quotas.ledger import Line

log = structlog.get_logger()


@dataclass(frozen=True)
class EndsEarly:
    """A connection and the limit of its that will be spent first, or is."""

    item: Item
    line: Line


def ending_early() -> list[EndsEarly]:
    """One for each live Open Finance connection that has such a limit."""
    items = Item.objects.across_companies().connected().filter(connector__is_open_finance=True)
    found = []
    for item in items.select_related("connector").iterator(chunk_size=500):
        line = next((line for line in ledger.lines(item) if line.is_spent or line.ends_on), None)
        if line is not None:
            log.info("quota_ends_early", item_id=str(item.pk), quota=line.name, left=line.left)
            found.append(EndsEarly(item, line))
    return found
