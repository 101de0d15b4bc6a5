"""What a Sync brought, told after it: to programs at once, to people where it is worth a word of its own."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from financehub.audit.recording import Target
from financehub.banking import overflow, usage
from financehub.banking.models import Sync, Transaction
from financehub.banking.noticing import unusual
from financehub.banking.noticing.unusual import RECENT
from financehub.banking.reports import MOVES_BETWEEN_OWN
from financehub.billing import standing
from financehub.companies.models import Company, User
from financehub.core import clock, jobs
from financehub.core.money import format_amount
from financehub.notifications import hearing, telling

SALARY = "0101"
MOST_SPENDINGS = 10  # of one Sync; more are for the digest
LOST_AFTER, GIVEN_UP_AFTER = timedelta(seconds=30), timedelta(days=1)
AT_ONCE = 500


def tell_of_sync(sync_id: UUID) -> bool:
    """Tell once of a Sync that succeeded; whether it was told now."""
    with transaction.atomic():
        untold = Sync.objects.across_companies().filter(status=Sync.Status.SUCCEEDED, told_at=None)
        if not untold.filter(pk=sync_id).update(told_at=clock.now()):
            return False
        sync = Sync.objects.across_companies().select_related("item__connector", "company").get(pk=sync_id)
        if sync.new or sync.changed or sync.withdrawn or sync.returned:
            _tell_programs(sync)
        if (sync.new or sync.changed) and sync.trigger != Sync.Trigger.FIRST:
            _tell_people(sync, _tell_unusual(sync))
        if sync.new:
            tell_limits(sync.company)
    return True


def sweep() -> int:
    """Offer again the Syncs of the last day that were not told; how many."""
    at = clock.now()
    ended = Sync.objects.across_companies().filter(
        status=Sync.Status.SUCCEEDED,
        told_at=None,
        finished_at__lte=at - LOST_AFTER,
        finished_at__gt=at - GIVEN_UP_AFTER,
    )
    with transaction.atomic():
        ids = list(ended.order_by("finished_at").values_list("pk", flat=True)[:AT_ONCE])
        for sync_id in ids:
            jobs.enqueue("banking.tell_of_sync", sync_id=str(sync_id))
    return len(ids)


def tell_limits(company: Company) -> None:
    """A plan's limit that is reached is said once a period."""
    now = standing.of(company)
    used = usage.of(company, now)
    for what, one in (("accounts", used.accounts), ("transactions", used.transactions)):
        if one.limit is not None and one.current >= one.limit:
            words: telling.Words = {
                "company": company.name,
                "what": what,
                "current": one.current,
                "limit": one.limit,
            }
            telling.tell(company, "plan_limit", key=f"{what}:{used.starts}:{one.limit}", words=words)


def _tell_programs(sync: Sync) -> None:
    words: telling.Words = {
        "institution": sync.item.connector.name,
        "new": sync.new,
        "changed": sync.changed,
        "withdrawn": sync.withdrawn,
        "item_id": str(sync.item_id),
    }
    about = Target("sync", sync.pk)
    telling.tell(sync.company, "transactions_synced", key=str(sync.pk), about=about, words=words, to=[])


def _tell_people(sync: Sync, unusual_ones: set[UUID]) -> None:
    """Of an expense that is told as unusual a person hears once."""
    rows = list(_new_rows(sync)) if sync.new else []
    for row in rows:
        if row.amount_cents > 0 and not row.account.is_card and _is(row, SALARY):
            _tell_row(sync.company, "salary_in", row)
    spendings = [row for row in rows if row.amount_cents < 0 and not _is(row, *MOVES_BETWEEN_OWN)]
    if not spendings or len(spendings) > MOST_SPENDINGS:
        return
    people = hearing.listeners(sync.company, "new_spending")
    some = [one for one in people if hearing.hear_more_by(one, "new_spending", "unusual_spending")]
    if people or hearing.programs_listen(sync.company, "new_spending"):
        for row in spendings:
            _tell_row(sync.company, "new_spending", row, to=some if row.pk in unusual_ones else people)


def _tell_unusual(sync: Sync) -> set[UUID]:
    """The rows of which it was told."""
    found = unusual.find(sync)
    for one in found:
        currency = one.row.currency
        said: telling.Words = {
            "usual": format_amount(one.habit.usual_cents, currency),
            "largest": format_amount(one.habit.largest_cents, currency),
            "habit": (one.row.shown_category_id or "") if one.is_of_category else one.row.shown_description,
        }
        _tell_row(sync.company, "unusual_spending", one.row, said=said)
    return {one.row.pk for one in found}


def _is(row: Transaction, *prefixes: str) -> bool:
    return (row.shown_category_id or "").startswith(prefixes)


def _tell_row(
    company: Company,
    kind: str,
    row: Transaction,
    *,
    to: list[User] | None = None,
    said: telling.Words | None = None,
) -> None:
    words: telling.Words = {
        "amount": format_amount(abs(row.amount_cents), row.currency),
        "description": row.shown_description,
        "account": row.account.marketing_name or row.account.name,
        "day": row.date.strftime("%d/%m/%Y"),
        **(said or {}),
    }
    telling.tell(company, kind, key=str(row.pk), about=Target("transaction", row.pk), words=words, to=to)


def _new_rows(sync: Sync) -> Iterable[Transaction]:
    """Rows that this Sync wrote first, of the last days, in sight, without money that only changed place."""
    rows = Transaction.objects.of(sync.company_id).visible().earned_or_spent()
    mine = rows.filter(account__item=sync.item_id, created_at__gte=sync.started_at, is_ignored=False)
    recent = mine.filter(date__gte=clock.today() - RECENT, date__lte=clock.today())
    recent = recent.within(overflow.cap_of(sync.company))
    return recent.select_related("account").order_by("occurred_at", "pk")
