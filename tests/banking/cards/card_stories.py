"""Short ways to build a card's rows and bills by hand."""

from datetime import date
from itertools import count
from uuid import UUID

from financehub.banking.cards.billing_cycles import Bill, CardDays, Charge, Payment
from financehub.banking.cards.bills import BillSheet, CardNow, sheets_of
from financehub.banking.cards.rows import CardRow

_numbers = count(1)
TODAY = date(2026, 11, 25)
CLOSES, DUE = 3, 10  # days of the month
DECEMBER = date(2026, 11, 20)  # a day on the open bill


def row(day: date, cents: int, description: str = "Padaria", **fields: object) -> CardRow:
    """A posted row; negative cents are spent."""
    key = UUID(int=next(_numbers))
    return CardRow(id=key, day=day, cents=cents, description=description, **fields)  # type: ignore[arg-type]


def payment(day: date, cents: int, description: str = "Pagamento recebido", **fields: object) -> CardRow:
    return row(day, cents, description, **fields)


def bill(month: int, total_cents: int, year: int = 2026, **fields: object) -> Bill:
    """A bill that closed on the 3rd of its month and falls due on the 10th."""
    values: dict[str, object] = {"closes": date(year, month, CLOSES), **fields}
    return Bill(f"bill-{year}-{month}", date(year, month, DUE), total_cents, **values)  # type: ignore[arg-type]


def paid(month: int, day: int, cents: int) -> Payment:
    return Payment(date(2026, month, day), cents)


def charge(kind: str, cents: int) -> Charge:
    return Charge(kind, cents)


def now(today: date = TODAY, **fields: object) -> CardNow:
    """A card whose open bill closes on the next 3rd, read today."""
    values: dict[str, object] = {"days": CardDays(None, None), "known_until": today, **fields}
    return CardNow(today=today, **values)  # type: ignore[arg-type]


def sheets(rows: list[CardRow], bills: list[Bill], at: CardNow | None = None) -> dict[str, BillSheet]:
    """The card's bills by month, as `2026-11`."""
    return {f"{sheet.month:%Y-%m}": sheet for sheet in sheets_of(rows, bills, at or now())}
