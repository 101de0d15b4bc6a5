"""The six named faults: each is put into a ledger and says how far the balance and the rows then are apart."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import combinations
from random import Random
from uuid import uuid4

from bench import drift_cases as cases
from bench.drift_bank import Entry, Json, copy_of, stamp
from bench.drift_cases import Case, Manual

Fault = Callable[[Random, Case, set[str]], int]


def missing(rng: Random, case: Case, used: set[str]) -> int:
    """Rows that the feed never shows, shows and takes away, or stops showing at all."""
    ledger, kind = case.ledger, rng.random()
    if kind < 0.2 and ledger.stale_from is None and len(case.causes) == 1:
        return _stale(rng, case)
    total = 0
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        entry = cases.news(rng, ledger, used)
        if kind < 0.45:
            entry.shown_until = next(
                (step for step in ledger.steps if step > entry.moment + timedelta(hours=24)), None
            )
        entry.shown = entry.shown_until is not None
        total += entry.cents
    return total


def _stale(rng: Random, case: Case) -> int:
    ledger = case.ledger
    ledger.entries.append(_after(cases.ordinary(rng, ledger), ledger.steps[3]))
    ledger.stale_from = ledger.steps[rng.choice([1, 2, 3])]
    now, old = ledger.steps[-1], ledger.stale_from
    return sum(
        entry.cents
        for entry in ledger.entries
        if entry.is_in_balance(now) and not entry.is_shown(old) and entry.is_shown(now)
    )


def _after(entry: Entry, moment: datetime) -> Entry:
    later = moment + timedelta(hours=5)
    entry.moment, entry.row["date"] = later, stamp(later)
    return entry


def sweep(rng: Random, case: Case, _used: set[str]) -> int:
    """Money that is invested without a row; or shown as a row while the balance keeps it."""
    ledger = case.ledger
    cases.invest(rng, ledger)
    entry = cases.sweep_row(rng, ledger)
    ledger.entries.append(entry)
    earned = rng.choice([0, 0, rng.randint(1, 60)])
    ledger.invested_moves.append((entry.moment, -entry.cents + earned))
    if rng.random() < 0.25:
        entry.moves = False
        return -entry.cents
    entry.shown = False
    return entry.cents


def pending(rng: Random, case: Case, used: set[str]) -> int:
    """A pending row that the bank already counts; on a card, one that the bank does not count yet."""
    ledger = case.ledger
    entry = cases.news(rng, ledger, used)
    entry.posts_at = ledger.steps[-1] + timedelta(days=3)
    entry.shown_from, entry.has_column = entry.moment, False
    if ledger.is_card:
        entry.moves = False
        return -entry.cents
    return entry.cents


def duplicate(rng: Random, case: Case, used: set[str]) -> int:
    """A row shown twice: in the same collection or a later one, at times a day off or with the bank's id."""
    ledger, total = case.ledger, 0
    for _ in range(rng.choice([1, 1, 1, 2])):
        entry = cases.news(rng, ledger, used)
        row: Json = {"providerId": entry.row["providerId"] if rng.random() < 0.6 else None}
        late = rng.choice([None, *[step for step in ledger.steps if step > entry.moment]])
        copy = copy_of(entry, row=row, moves=False, shown_from=late, has_column=False)
        if rng.random() < 0.15:
            moment = min(entry.moment + timedelta(days=1), ledger.steps[-1] - timedelta(hours=1))
            copy.moment, copy.row["date"] = moment, stamp(moment)
        ledger.entries.append(copy)
        used.add(copy.row["id"])
        total -= entry.cents
    return total


def wrong_sign(rng: Random, case: Case, used: set[str]) -> int:
    """A row whose direction is turned round, with the amount's sign or without."""
    entry = cases.news(rng, case.ledger, used)
    turned = "CREDIT" if entry.row["type"] == "DEBIT" else "DEBIT"
    entry.row = dict(entry.row) | {"type": turned}
    if rng.random() < 0.5:
        entry.row["amount"] = -entry.row["amount"]
    return 2 * entry.cents


def manual_row(rng: Random, case: Case, used: set[str]) -> int:
    """A person writes a row into the bank's account: of something the bank has too, or of nothing."""
    ledger = case.ledger
    entry = cases.news(rng, ledger, used)
    cents = entry.cents if rng.random() < 0.5 else rng.randint(-90000, -100)
    case.manual.append(Manual(rng.randint(0, 3), cents, str(uuid4())[:8]))
    return -cents


FAULTS: dict[str, Fault] = {
    "missing_rows": missing,
    "sweep": sweep,
    "pending": pending,
    "duplicate": duplicate,
    "wrong_sign": wrong_sign,
    "manual_row": manual_row,
}


def faulty(rng: Random, sources: list[Json], causes: tuple[str, ...], now: datetime) -> Case:
    """A case with these causes whose amounts do not cancel out."""
    while True:
        usable = [source for source in sources if _fits(source, causes)]
        case = Case(cases.ledger_from(rng, rng.choice(usable), now), set(causes))
        used: set[str] = set()
        effects = [FAULTS[cause](rng, case, used) for cause in causes]
        case.effect = sum(effects)
        if case.effect and all(effects):
            for noise in rng.sample((cases.twin, cases.settles, cases.scheduled), rng.randint(0, 2)):
                if case.ledger.stale_from is None:
                    noise(rng, case.ledger)
            return case


def quiet(rng: Random, sources: list[Json], now: datetime) -> Case:
    """A case without a fault, in which much happens."""
    case = Case(cases.ledger_from(rng, rng.choice(sources), now), set())
    for noise in rng.choices(cases.QUIET, k=rng.randint(0, 3)):
        noise(rng, case.ledger)
        case.quiet.append(noise.__name__)
    return case


def all_causes() -> list[tuple[str, ...]]:
    """Each cause by itself, then each pair."""
    return [*((cause,) for cause in FAULTS), *combinations(FAULTS, 2)]


def _fits(source: Json, causes: tuple[str, ...]) -> bool:
    return source["account"]["type"] == "BANK" or "sweep" not in causes
