"""What became of the rows of a sync that are no transactions: a tally per product, kept while the block runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Counts = dict[str, dict[str, int]]

PRODUCTS = {
    "Account": "accounts",
    "Consent": "consents",
    "CreditCardBill": "bills",
    "Investment": "investments",
    "InvestmentTransaction": "investmentTransactions",
    "Loan": "loans",
    "Identity": "identity",
}

_running: ContextVar[Counts | None] = ContextVar("product_counts", default=None)


@contextmanager
def counted() -> Iterator[Counts]:
    """Collect what the block notes, by product: read = new + changed + unchanged."""
    counts: Counts = {}
    token = _running.set(counts)
    try:
        yield counts
    finally:
        _running.reset(token)


def note(model: type, *, read: int, new: int, changed: int) -> None:
    """Rows of one kind were mirrored."""
    counts = _running.get()
    if counts is None or not read:
        return
    of_product = counts.setdefault(
        PRODUCTS[model.__name__], {"read": 0, "new": 0, "changed": 0, "unchanged": 0}
    )
    for name, value in (("read", read), ("new", new), ("changed", changed)):
        of_product[name] += value
    of_product["unchanged"] += read - new - changed
