"""Which transactions a person looks at: filters, pages by keyset, and what the filtered rows add up to."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Prefetch, Q, Sum
from django.db.models.functions import Coalesce

from financehub.banking import overflow
from financehub.banking.models import Account, Transaction
from financehub.banking.models.transactions import TransactionQuerySet
from financehub.companies.models import Company
from financehub.core import money
from financehub.core.errors import Invalid

MAX_LIMIT = 500
NO_CATEGORY = "none"
IN, OUT = "in", "out"
BRAZILIAN_AMOUNT = re.compile(r"^(?:\d{1,3}(?:\.\d{3})+|\d+),\d{2}$")
PLAIN_AMOUNT = re.compile(r"^\d+\.\d{2}$")


@dataclass(frozen=True)
class TransactionFilter:
    """What to show; empty means everything visible. Days are inclusive."""

    account_id: UUID | None = None
    item_id: UUID | None = None
    category_id: str | None = None  # a category with its children, or NO_CATEGORY
    from_date: date | None = None
    to_date: date | None = None
    status: str | None = None  # Transaction.Status
    direction: str | None = None  # IN or OUT
    text: str = ""
    with_hidden: bool = False  # also what the bank withdrew and what a person deleted


@dataclass(frozen=True)
class TransactionPage:
    """Rows from the newest, and the cursor of the next page (None at the end)."""

    rows: list[Transaction]
    next: str | None


@dataclass(frozen=True)
class Totals:
    """Sums of the counted rows of a filter in one currency, in cents; `out_cents` is positive."""

    rows: int
    in_cents: int
    out_cents: int


def page(
    *, company: Company, filters: TransactionFilter, after: str | None = None, limit: int = 50
) -> TransactionPage:
    """One page after the cursor `after`, without what is beyond the plan. Raises Invalid for a foreign cursor."""
    limit = max(1, min(limit, MAX_LIMIT))
    rows = (
        filtered(company, filters).within(overflow.cap_of(company)).defer("details").order_by("-date", "-id")
    )
    if after:
        day, key = _read_cursor(after)
        rows = rows.filter(Q(date__lt=day) | Q(date=day, id__lt=key))
    accounts = Account.objects.of(company).select_related("item__connector")
    accounts = accounts.defer("number", "owner", "document", "item__parameter", "item__user_action")
    found = list(rows.prefetch_related(Prefetch("account", queryset=accounts))[: limit + 1])
    shown = found[:limit]
    return TransactionPage(shown, _cursor(shown[-1]) if len(found) > limit else None)


def totals(*, company: Company, filters: TransactionFilter, currency: str = "BRL") -> Totals:
    """What the filtered rows add up to, leaving out pending, ignored, withdrawn and deleted ones.

    Rows beyond the plan are in it, though no page shows them yet: a sum says what the bank says.
    """
    sums = (
        filtered(company, filters)
        .counted()
        .filter(currency=currency)
        .aggregate(
            rows=Count("*"),
            into=Coalesce(Sum("amount_cents", filter=Q(amount_cents__gt=0)), 0),
            out=Coalesce(Sum("amount_cents", filter=Q(amount_cents__lt=0)), 0),
        )
    )
    return Totals(rows=sums["rows"], in_cents=sums["into"], out_cents=-sums["out"])


def filtered(company: Company, filters: TransactionFilter) -> TransactionQuerySet:
    """The company's rows that the filter keeps, in no order, those beyond the plan too."""
    rows = Transaction.objects.of(company)
    if not filters.with_hidden:
        rows = rows.visible()
    return rows.filter(*_conditions(filters))


def in_categories(prefixes: Iterable[str]) -> Q:
    """Rows whose category, a person's before the vendor's, starts with one of `prefixes`."""
    condition = Q()
    for prefix in prefixes:
        condition |= Q(own_category_id__startswith=prefix)
        condition |= Q(own_category_id__isnull=True, category_id__startswith=prefix)
    return condition


def category_prefix(category_id: str) -> str:
    """What the ids of a category and of its children start with: levels are 2, 2 and 4 digits."""
    if len(category_id) != 8:
        return category_id
    return (
        category_id.removesuffix("0000").removesuffix("00") if category_id.endswith("0000") else category_id
    )


def _conditions(filters: TransactionFilter) -> list[Q]:
    exact = {
        "account_id": filters.account_id,
        "account__item_id": filters.item_id,
        "date__gte": filters.from_date,
        "date__lte": filters.to_date,
        "status": filters.status,
    }
    conditions = [Q(**{name: value}) for name, value in exact.items() if value]
    conditions += [_about(word) for word in filters.text.split()]
    if filters.direction:
        conditions.append(Q(amount_cents__gt=0) if filters.direction == IN else Q(amount_cents__lt=0))
    if filters.category_id == NO_CATEGORY:
        conditions.append(Q(own_category_id__isnull=True, category_id__isnull=True))
    elif filters.category_id:
        conditions.append(in_categories([category_prefix(filters.category_id)]))
    return conditions


def _about(word: str) -> Q:
    condition = Q()
    for spelling in _spellings(word):
        for column in ("description", "own_description", "own_note", "counterparty_name", "merchant_name"):
            condition |= Q(**{f"{column}__icontains": spelling})
    cents = _amount_in(word)
    return condition if cents is None else condition | Q(amount_cents__in=[cents, -cents])


def _spellings(word: str) -> set[str]:
    # SQLite folds the case of ASCII letters only
    return {word} if word.isascii() else {word, word.lower(), word.upper(), word.capitalize()}


def _amount_in(word: str) -> int | None:
    if BRAZILIAN_AMOUNT.match(word):
        return money.to_cents(Decimal(word.replace(".", "").replace(",", ".")))
    return money.to_cents(Decimal(word)) if PLAIN_AMOUNT.match(word) else None


def _cursor(row: Transaction) -> str:
    return f"{row.date.isoformat()}.{row.id}"


def _read_cursor(text: str) -> tuple[date, UUID]:
    day, _, key = text.partition(".")
    try:
        return date.fromisoformat(day), UUID(key)
    except ValueError:
        raise Invalid("not a cursor of this list") from None
