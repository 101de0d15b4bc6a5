"""A statement as a file that a spreadsheet opens: semicolons, decimal commas, nothing that it would run."""

import csv
import io
from dataclasses import dataclass

from financehub.banking import listing
from financehub.banking.listing import MAX_LIMIT, TransactionFilter
from financehub.banking.models import Transaction
from financehub.bot import saying
from financehub.bot.commands import texts
from financehub.bot.replies import File
from financehub.categories import tree as categories
from financehub.companies.models import Company
from financehub.core import clock, money

MOST_ROWS = 5000
FORMULA = ("=", "+", "-", "@", "\t", "\r")
BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True)
class Statement:
    """The file, how many rows it holds, and whether older ones were left out."""

    file: File
    rows: int
    was_cut: bool


def statement(company: Company, filters: TransactionFilter) -> Statement:
    """The filtered rows, the newest first."""
    rows: list[Transaction] = []
    after: str | None = None
    while len(rows) < MOST_ROWS:
        found = listing.page(company=company, filters=filters, after=after, limit=MAX_LIMIT)
        rows += found.rows
        after = found.next
        if after is None:
            break
    name = f"{texts.FILE_NAME}-{filters.from_date}-{filters.to_date or clock.today()}.csv"
    return Statement(File(name, _written(rows)), len(rows), was_cut=after is not None)


def _written(rows: list[Transaction]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([str(words) for words in texts.FILE_HEAD])
    for row in rows:
        writer.writerow(_cells(row))
    return f"{BYTE_ORDER_MARK}{out.getvalue()}".encode()


def _cells(row: Transaction) -> list[str]:
    return [
        f"{row.date:%d/%m/%Y}",
        _inert(row.shown_description),
        f"{money.to_decimal(row.amount_cents):.2f}".replace(".", ","),
        row.currency,
        _inert(saying.plain_account_name(row.account)),
        categories.name_of(row.shown_category_id),
        str(texts.FILE_STATUS[row.status]),
    ]


def _inert(text: str) -> str:
    """Words of others that a spreadsheet would take for a formula stay words."""
    return f"'{text}" if text.startswith(FORMULA) else text
