"""After a read: rows that went are compared with rows that came; what is certain is bound, the rest is asked.

Runs inside the transaction that withdraws rows and moves the cursor, under the account's lock, so that a crash
leaves either nothing or all of it, and the next read finds the same rows again. Costs one query when nothing has
gone for PARKING. Rows that were compared once are not compared again: only news makes a new pairing possible.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Max, Min, Q

from financehub.audit.recording import SYSTEM, Target, record
from financehub.banking.identity import coexistence, duplicates, rebinding, returning, reviewing
from financehub.banking.identity.clues import clue_of, normalised
from financehub.banking.identity.coexistence import CompleteRead
from financehub.banking.identity.matching import FLOOR, Key, Match, Matching, match
from financehub.banking.identity.rebinding import Binding, vendor_id
from financehub.banking.models import Account, FormerId, Rejection, ReviewCase, Transaction
from financehub.core import clock
from financehub.core.tenancy import TenantQuerySet

PARKING = timedelta(days=60)
REACH = timedelta(days=62)
HABIT_REACH = timedelta(days=15)
WEAK_GROUNDS = timedelta(days=3)

Rows = TenantQuerySet[Transaction]


@dataclass(frozen=True)
class Settled:
    """What became of rows that this read inserted: bound to a known row, or waiting for a person."""

    returned: int = 0
    queued: int = 0
    bound: int = 0


NOTHING = Settled()


@dataclass(frozen=True)
class _Scene:
    """Everything one comparison needs."""

    account: Account
    since: datetime | None
    reads: list[CompleteRead]
    olds: dict[UUID, Transaction]
    news: dict[UUID, Transaction]
    rejected: set[tuple[UUID, UUID]]

    def allows(self, old_key: UUID, new_key: UUID) -> bool:
        """Neither refused by a person, nor compared before, nor shown together by the bank."""
        return self._may_be(self.olds[old_key], self.news[new_key])

    def may_go_on(self, bound: list[Binding]) -> bool:
        """Whether a row that was bound just now may itself be what a row still parked became."""
        came_back = [binding.old for binding in bound]
        keys = {row.pk for row in came_back}
        parked = [row for key, row in self.olds.items() if key not in keys]
        return any(self._may_be(old, new) for new in came_back for old in parked)

    def _may_be(self, old: Transaction, new: Transaction) -> bool:
        if (old.pk, new.pk) in self.rejected or new.created_at < old.created_at:
            return False
        if self.since is None or new.created_at > self.since:
            return True
        return self.went_since(old.pk) and not coexistence.were_together(self.reads, old, new)

    def went_since(self, old_key: UUID) -> bool:
        """Whether the row went after the last comparison."""
        withdrawn_at = self.olds[old_key].withdrawn_at
        return self.since is None or (withdrawn_at is not None and withdrawn_at > self.since)

    def is_worth_asking(self, candidate: Match) -> bool:
        """A row with edits that went lately is asked about even on weak grounds, until a person has refused some."""
        old = self.olds[candidate.old]
        if not old.is_edited or old.withdrawn_at is None:
            return False
        went_lately = old.withdrawn_at >= clock.now() - WEAK_GROUNDS
        was_refused = any(old.pk == left for left, _ in self.rejected)
        return candidate.score > FLOOR or (went_lately and not was_refused)


def settle(account: Account, *, fresh: Collection[UUID] = (), proves_from: date | None = None) -> Settled:
    """Compare and bind. `fresh`: vendor ids this read inserted. `proves_from`: first day of a complete read."""
    at = clock.now()
    locked = Account.objects.of(account.company_id).select_for_update(no_key=True).get(pk=account.pk)
    settled = _compare(locked, set(fresh), at)
    if proves_from is not None:
        locked.read_proofs = coexistence.with_read(locked.read_proofs, at=at, first_day=proves_from)
    locked.settled_at = at
    locked.save(update_fields=["read_proofs", "settled_at"])
    return settled


def _compare(account: Account, fresh: set[UUID], at: datetime) -> Settled:
    """Round after round, for a row that was just bound may be what a third one became."""
    reviewing.close_returned(account, at=at)
    taken_back = returning.take_back(account)
    bound: list[Binding] = []
    while (scene := _scene(account, at)) is not None:
        found = _match(scene)
        contested = _contested(scene, found)
        sure = [it for it in found.matches if it not in contested] + _of_families(scene, found)
        latest = _bind(scene, sure, at)
        bound += latest
        if not scene.may_go_on(latest):
            queued = reviewing.ask(
                account, _cases_of(scene, found, contested), rows=scene.olds | scene.news, at=at
            )
            queued_fresh = sum(scene.news[key].pluggy_id in fresh for key in queued)
            break
    else:
        queued_fresh = 0
    duplicates.carry_on(account, at=at)
    returning.offer_again(account, at=at)
    returned = len(fresh.intersection({vendor_id(binding.old) for binding in bound} | taken_back))
    return Settled(returned=returned, queued=queued_fresh, bound=len(bound))


def _match(scene: _Scene) -> Matching:
    return match(
        [clue_of(row) for row in scene.olds.values()],
        [clue_of(row) for row in scene.news.values()],
        allowed=scene.allows,
        recurring=_recurring(scene),
        former=_former(scene),
        lately=scene.went_since,
    )


def _scene(account: Account, at: datetime) -> _Scene | None:
    """The rows to compare, locked; None when nothing has gone or nothing has come."""
    parked = _parked(account, at)
    span = parked.aggregate(first=Min("date"), last=Max("date"), gone=Max("withdrawn_at"))
    if span["first"] is None:
        return None
    reads = coexistence.parse(account.read_proofs)
    came = _came(account).filter(date__gte=span["first"] - REACH, date__lte=span["last"] + REACH)
    came = came.filter(_not_seen_together(account, parked, reads, span["gone"]))
    news = {row.pk: row for row in came.select_for_update(no_key=True).order_by("pk")}
    if not news:
        return None
    olds = {row.pk: row for row in parked.select_for_update(no_key=True).order_by("pk")}
    for row in (*olds.values(), *news.values()):
        row.account = account
    rejected = Rejection.objects.of(account.company_id).filter(
        kind=ReviewCase.Kind.REKEYED, left__in=list(olds)
    )
    return _Scene(
        account, account.settled_at, reads, olds, news, set(rejected.values_list("left", "right"))
    )  # fmt: skip


def _parked(account: Account, at: datetime) -> Rows:
    rows = Transaction.objects.of(account.company_id).filter(account=account)
    return rows.filter(source=Transaction.Source.VENDOR, withdrawn_at__gte=at - PARKING)


def _came(account: Account) -> Rows:
    rows = Transaction.objects.of(account.company_id).filter(account=account, withdrawn_at__isnull=True)
    return rows.filter(source=Transaction.Source.VENDOR)


def _not_seen_together(account: Account, parked: Rows, reads: list[CompleteRead], last_gone: datetime) -> Q:
    """Rows that came since the last comparison; or, when something went since, since all that went was last seen."""
    if account.settled_at is None:
        return Q()
    if last_gone <= account.settled_at:
        return Q(created_at__gt=account.settled_at)
    gone_since = parked.filter(withdrawn_at__gt=account.settled_at)
    earliest = gone_since.aggregate(first=Min("occurred_at"))["first"]
    seen_at = coexistence.latest_covering(reads, earliest)
    return Q() if seen_at is None else Q(created_at__gt=seen_at)


def _recurring(scene: _Scene) -> frozenset[Key]:
    """Amount and words of purchases that the account still shows on other days nearby."""
    olds = scene.olds.values()
    first, last = min(row.date for row in olds), max(row.date for row in olds)
    rows = _came(scene.account).filter(date__gte=first - HABIT_REACH, date__lte=last + HABIT_REACH)
    rows = rows.filter(amount_cents__in={row.amount_cents for row in olds}).exclude(pk__in=list(scene.news))
    return frozenset(
        (cents, normalised(words)) for cents, words in rows.values_list("amount_cents", "description")
    )


def _former(scene: _Scene) -> frozenset[tuple[UUID, UUID]]:
    """New rows that carry an id which a row that went has had before."""
    by_id = {row.pluggy_id: row.pk for row in scene.news.values()}
    held = FormerId.objects.of(scene.account.company_id).filter(
        pluggy_id__in=list(by_id), transaction__in=list(scene.olds)
    )
    return frozenset((old, by_id[key]) for old, key in held.values_list("transaction_id", "pluggy_id"))


def _contested(scene: _Scene, found: Matching) -> list[Match]:
    """Pairs of which both rows carry edits: a person chooses."""
    return [it for it in found.matches if scene.olds[it.old].is_edited and scene.news[it.new].is_edited]


def _of_families(scene: _Scene, found: Matching) -> list[Match]:
    """Rows that a person has merged are one movement: when they all went and as many like them came, which of them
    became which decides nothing, and what was merged stays merged."""
    heads = duplicates.family_of(scene.account.company_id, list(scene.olds))
    matches: list[Match] = []
    for group in list(found.groups) if heads else ():
        good = [it for it in group.candidates if it.score > FLOOR]
        olds, news = sorted({it.old for it in good}), sorted({it.new for it in good})
        is_one_family = len({heads.get(old, old) for old in group.olds}) == 1
        if is_one_family and len(olds) == len(group.olds) == len(news) and len(good) == len(olds) * len(news):
            by_pair = {(it.old, it.new): it for it in good}
            matches += [by_pair[pair] for pair in zip(olds, news, strict=True)]
            found.groups.remove(group)
    return matches


def _bind(scene: _Scene, matches: Sequence[Match], at: datetime) -> list[Binding]:
    bindings = [Binding(scene.olds[it.old], scene.news[it.new], it.score, it.reasons) for it in matches]
    if bindings:
        rebinding.bind(bindings, decided_by=FormerId.DecidedBy.RULE, at=at)
        reviewing.close_answered(scene.account.company_id, [binding.old.pk for binding in bindings], at=at)
        target = Target("account", scene.account.pk, {"rows": len(bindings)})
        record("open_finance.transactions_rebound", by=SYSTEM, on=target, company_id=scene.account.company_id)
    return bindings


def _cases_of(scene: _Scene, found: Matching, contested: Sequence[Match]) -> list[reviewing.Question]:
    """A question for every group that holds edits; without edits nothing could be lost."""
    groups = [
        reviewing.Question(
            [old for old in group.olds if scene.olds[old].is_edited],
            [it for it in group.candidates if scene.is_worth_asking(it)],
        )
        for group in found.groups
    ]
    both_edited = [reviewing.Question([it.old], [it]) for it in contested]
    return [one for one in (*groups, *both_edited) if one.olds and one.candidates]
