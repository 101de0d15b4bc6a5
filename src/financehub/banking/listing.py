"""Which transactions a person looks at: filters, pages by keyset, and what the filtered rows add up to."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Aggregate, Case, Count, Expression, F, Prefetch, Q, Sum, When, Window
from django.db.models.functions import RowNumber

from financehub.banking import overflow, searching
from financehub.banking.models import Account, Transaction
from financehub.banking.models.transactions import TransactionQuerySet
from financehub.companies.models import Company
from financehub.core import clock
from financehub.core.errors import Invalid

MAX_LIMIT = 500
NO_CATEGORY = "none"
IN, OUT = "in", "out"
CURRENCY = "BRL"
MOST_COMING = 100
ON_PAGE, COMING, NOWHERE = 0, 1, 2  # where a found row is; NOWHERE: on a page before, or beyond the plan
SUMS = ("rows", "into", "out")


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
class Look:
    """A screen of the list: what has happened, what is still to come (the nearest first), what all of it adds up to."""

    page: TransactionPage
    coming: list[Transaction]
    totals: "Totals"


@dataclass(frozen=True)
class Totals:
    """Sums of the counted rows of a filter in one currency, in cents; `out_cents` is positive."""

    rows: int
    in_cents: int
    out_cents: int


def look(*, company: Company, filters: TransactionFilter, after: str | None = None, limit: int = 50) -> Look:
    """One screen. Where the filter names days, what is to come among them is on the page. Raises Invalid.

    Words are searched for once, whatever a screen shows of what was found.
    """
    today = clock.today()
    is_split = not (filters.from_date or filters.to_date)
    if filters.text:
        return _look_at_found(company, filters, after, limit, today if is_split else date.max)
    past = replace(filters, to_date=today) if is_split else filters
    found = page(company=company, filters=past, after=after, limit=limit)
    coming: list[Transaction] = []
    if is_split and not after:
        later = filtered(company, replace(filters, from_date=today + timedelta(days=1)))
        later = later.within(overflow.cap_of(company))
        coming = list(_with_accounts(company, later.order_by("date", "id")[:MOST_COMING]))
    return Look(found, coming, totals(company=company, filters=filters))


def _look_at_found(
    company: Company, filters: TransactionFilter, after: str | None, limit: int, today: date
) -> Look:
    """By one query that sums up everything found and names the rows to show; and one that reads those."""
    beyond = Transaction.objects.of(company).beyond(overflow.cap_of(company))
    place = Case(
        When(pk__in=beyond.values("pk"), then=NOWHERE),
        When(Q(date__lte=today) & (_after(after) if after else Q()), then=ON_PAGE),
        When(date__gt=today, then=COMING),
        default=NOWHERE,
    )
    nearest_first = Case(When(date__gt=today, then="date"))
    found = filtered(company, filters).annotate(place=place, **_sums(Window))
    order = [nearest_first.asc(), F("date").desc(), F("id").desc()]
    found = found.annotate(number=Window(RowNumber(), partition_by=["place"], order_by=order))
    most = Case(
        When(place=ON_PAGE, then=limit + 1), When(place=COMING, then=0 if after else MOST_COMING), default=0
    )
    within_most = Q(number__lte=F("most"))  # of a window alone: so it is looked at after the sums were made
    wanted = found.annotate(most=most).filter(within_most)
    named = list(wanted.values_list("place", "number", "pk", *SUMS))
    keys = {at: [key for it, _, key, *_ in sorted(named) if it == at] for at in (ON_PAGE, COMING)}
    rows = _with_accounts(
        company, Transaction.objects.of(company).filter(pk__in=keys[ON_PAGE] + keys[COMING])
    )
    by_key = {row.pk: row for row in rows}
    shown = [by_key[key] for key in keys[ON_PAGE][:limit]]
    sums = named[0][3:] if named else (0, 0, 0)
    return Look(
        TransactionPage(shown, cursor_of(shown[-1]) if len(keys[ON_PAGE]) > limit else None),
        [by_key[key] for key in keys[COMING]],
        Totals(rows=sums[0], in_cents=sums[1] or 0, out_cents=-(sums[2] or 0)),
    )


def page(
    *, company: Company, filters: TransactionFilter, after: str | None = None, limit: int = 50
) -> TransactionPage:
    """One page after the cursor `after`, without what is beyond the plan. Raises Invalid for a foreign cursor."""
    limit = max(1, min(limit, MAX_LIMIT))
    rows = filtered(company, filters).within(overflow.cap_of(company)).order_by("-date", "-id")
    if after:
        rows = rows.filter(_after(after))
    found = list(_with_accounts(company, rows[: limit + 1]))
    shown = found[:limit]
    return TransactionPage(shown, cursor_of(shown[-1]) if len(found) > limit else None)


def totals(*, company: Company, filters: TransactionFilter) -> Totals:
    """What the filtered rows in reais add up to, leaving out pending, ignored, withdrawn and deleted ones.

    Rows beyond the plan are in it, though no page shows them yet: a sum says what the bank says.
    """
    sums = filtered(company, filters).counted().filter(currency=CURRENCY).aggregate(**_sums())
    return Totals(rows=sums["rows"], in_cents=sums["into"] or 0, out_cents=-(sums["out"] or 0))


def _sums(over: Callable[[Aggregate], Expression] = lambda sum_of: sum_of) -> dict[str, Expression]:
    """Counted rows in reais, what came in and what went out (None where nothing did)."""
    counted = Q(
        status=Transaction.Status.POSTED,
        is_ignored=False,
        currency=CURRENCY,
        withdrawn_at__isnull=True,
        deleted_at__isnull=True,
    )
    return {
        "rows": over(Count("pk", filter=counted)),
        "into": over(Sum("amount_cents", filter=counted & Q(amount_cents__gt=0))),
        "out": over(Sum("amount_cents", filter=counted & Q(amount_cents__lt=0))),
    }


def _with_accounts(company: Company, rows: TransactionQuerySet) -> TransactionQuerySet:
    """The rows with their accounts, each account read once; nothing that is sealed."""
    accounts = Account.objects.of(company).select_related("item__connector")
    accounts = accounts.defer("number", "owner", "document", "item__parameter", "item__user_action")
    return rows.defer("details").prefetch_related(Prefetch("account", queryset=accounts))


def _after(cursor: str) -> Q:
    day, key = read_cursor(cursor)
    return Q(date__lt=day) | Q(date=day, id__lt=key)


def filtered(company: Company, filters: TransactionFilter) -> TransactionQuerySet:
    """The company's rows that the filter keeps, in no order, those beyond the plan too."""
    rows = Transaction.objects.of(company)
    if not filters.with_hidden:
        rows = rows.visible()
    if filters.text:
        rows = rows.filter(searching.says(filters.text, company.pk))
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
    if filters.direction:
        conditions.append(Q(amount_cents__gt=0) if filters.direction == IN else Q(amount_cents__lt=0))
    if filters.category_id == NO_CATEGORY:
        conditions.append(Q(own_category_id__isnull=True, category_id__isnull=True))
    elif filters.category_id:
        conditions.append(in_categories([category_prefix(filters.category_id)]))
    return conditions


def cursor_of(row: Transaction) -> str:
    """Where the next page goes on."""
    return f"{row.date.isoformat()}.{row.id}"


def read_cursor(text: str) -> tuple[date, UUID]:
    """The day and our id of the last row shown. Raises Invalid."""
    day, _, key = text.partition(".")
    try:
        return date.fromisoformat(day), UUID(key)
    except ValueError:
        raise Invalid("not a cursor of this list") from None
