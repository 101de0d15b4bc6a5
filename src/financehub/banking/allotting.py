"""Which accounts of the connected banks are synced: as many as the plan allows, and the person chooses which.

Accounts stand in a line (`sync_place`); a plan takes the first of it. With a smaller plan the rest wait and come
back with a larger one; what has no place is listed with its balance, and its rows are not read.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from financehub.audit.recording import SYSTEM, Actor, Target, record
from financehub.banking import requesting
from financehub.banking.models import Account, Item, Sync
from financehub.billing import entitlements, standing
from financehub.billing.entitlements import Deed
from financehub.billing.plans import Plan
from financehub.companies.models import Company
from financehub.core import clock, events, locks
from financehub.core.errors import NotFound

MOST = 10_000
LOOK_EVERY = timedelta(minutes=5)
PATIENCE = timedelta(minutes=15)


class Place(StrEnum):
    """Whether the rows of a bank's account are read."""

    SYNCED = "synced"
    WAITING = "waiting"  # it is to be synced, and the plan has too few places
    LEFT_OUT = "left_out"  # nobody has chosen it, or a person has left it out


@dataclass(frozen=True)
class Line:
    """The ids of accounts in line, and the first of them, which are synced. `limit` None is without limit."""

    synced: tuple[UUID, ...]
    waiting: tuple[UUID, ...]
    limit: int | None

    @property
    def free(self) -> int:
        """Places that the plan has left."""
        return MOST if self.limit is None else max(0, self.limit - len(self.synced))

    def place_of(self, account: Account) -> Place | None:
        """None for an account that no sync would read: by hand, put away, or of a bank that is disconnected."""
        item = account.item
        if item is None or item.is_disconnected or account.archived_at is not None:
            return None
        if account.pk in self.synced:
            return Place.SYNCED
        return Place.WAITING if account.pk in self.waiting else Place.LEFT_OUT


def line_of(company: Company) -> Line:
    """Who is synced now, and who waits for a larger plan."""
    limit = standing.of(company).plan.limits.bank_accounts
    places = list(Account.objects.of(company).placed().values_list("pk", flat=True))
    taken = places if limit is None else places[:limit]
    return Line(tuple(taken), tuple(places[len(taken) :]), limit)


def beyond(company: Company, plan: Plan) -> list[Account]:
    """Accounts that are to be synced and that a plan would leave waiting, in the order of their line."""
    limit = plan.limits.bank_accounts
    if limit is None:
        return []
    rows = Account.objects.of(company).placed().select_related("item__connector")
    return list(rows.defer("number", "owner", "document", "item__parameter", "item__user_action")[limit:])


def take_in(company: Company, fresh: Sequence[Account]) -> None:
    """Places in line for accounts seen for the first time, as long as there are any; the rest waits for a choice.

    Inside the caller's transaction; of two banks that come at once the second counts what the first took.
    """
    if not fresh:
        return
    _lock(company)
    taken = list(fresh[: line_of(company).free])
    _place(company, [account.pk for account in taken])
    for account in taken:
        account.refresh_from_db(fields=["sync_place", "counts_from"])


def choose(*, company: Company, start: Collection[UUID], stop: Collection[UUID], by: Actor) -> Line:
    """Sync these accounts and no longer those, all or nothing. Raises NotFound, LimitReached.

    An account that starts is read back to where a first sync reads, so that the time without it leaves no hole.
    """
    with transaction.atomic():
        _lock(company)
        known = _known(company, {*start, *stop})
        before = line_of(company)
        kept = [key for key in before.synced if key not in stop]
        gone = [key for key in known if key in stop]
        added = [key for key in known if key in start and key not in kept]
        if added:
            entitlements.require(company, Deed.BANK_ACCOUNT, current=len(kept) + len(added) - 1)
        waiting = [key for key in before.waiting if key not in stop and key not in added]
        _rearrange(company, [*kept, *added, *waiting], gone=gone)
        for key, account in known.items():
            if key in added or key in stop:
                _tell(account, by, starts=key in added)
    _read(company, [known[key] for key in added], by)
    return line_of(company)


def take_back() -> int:
    """Ask for a full look where accounts that a plan had left out have their place again; how many banks.

    Asked for often, it looks every few minutes. A bank that was looked at a short while ago is not asked again: it
    may need a person first.
    """
    if locks.try_acquire("banking:take-back", seconds=LOOK_EVERY.total_seconds()) is None:
        return 0
    left_out = Account.objects.across_companies().of_banks().filter(left_out_since__isnull=False)
    in_line = left_out.filter(sync_place__isnull=False).values("company_id")
    count = 0
    for company in Company.objects.filter(pk__in=in_line):
        mine = left_out.filter(company_id=company.pk, pk__in=line_of(company).synced)
        asked = Sync.objects.of(company).filter(requested_at__gt=clock.now() - PATIENCE).values("item_id")
        banks = Item.objects.of(company).filter(pk__in=mine.values("item_id")).exclude(pk__in=asked)
        count += sum(_offer(item, SYSTEM, Sync.Trigger.TIMER) for item in banks)
    return count


def _lock(company: Company) -> None:
    Company.objects.select_for_update(no_key=True).get(pk=company.pk)


def _known(company: Company, keys: set[UUID]) -> dict[UUID, Account]:
    rows = Account.objects.of(company).of_banks().filter(pk__in=keys).select_related("item__connector")
    known = {row.pk: row for row in rows.order_by("created_at", "id")}
    if len(known) < len(keys):
        raise NotFound("Account not found")
    return known


def _place(company: Company, keys: Sequence[UUID]) -> None:
    """At the end of the line; what counts against a plan begins with the first day there."""
    last = Account.objects.of(company).filter(sync_place__isnull=False).order_by("-sync_place").first()
    place = last.sync_place if last and last.sync_place else 0
    for number, key in enumerate(keys, place + 1):
        Account.objects.of(company).filter(pk=key).update(sync_place=number)
    _begin_to_count(company, keys)


def _rearrange(company: Company, keys: Sequence[UUID], *, gone: Sequence[UUID]) -> None:
    rows = Account.objects.of(company)
    rows.filter(pk__in=gone).update(sync_place=None)
    for number, key in enumerate(keys, 1):
        rows.filter(pk=key).exclude(sync_place=number).update(sync_place=number)
    _begin_to_count(company, keys)


def _begin_to_count(company: Company, keys: Sequence[UUID]) -> None:
    new = Account.objects.of(company).filter(pk__in=keys, counts_from=None, read_from=None)
    new.update(counts_from=clock.today())


def _tell(account: Account, by: Actor, *, starts: bool) -> None:
    action = "open_finance.account_sync_chosen" if starts else "open_finance.account_sync_left"
    record(action, by=by, on=Target("account", account.pk), company_id=account.company_id)
    events.publish(account.company_id, "account", account.pk)


def _read(company: Company, accounts: Sequence[Account], by: Actor) -> None:
    items = {account.item_id: account.item for account in accounts if account.item}
    for item in items.values():
        item.company = company
        _offer(item, by, Sync.Trigger.PERSON)


def _offer(item: Item, by: Actor, trigger: str) -> bool:
    return requesting.offer_sync(item=item, trigger=trigger, by=by, full=True) is not None
