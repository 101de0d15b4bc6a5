"""The corpus: quiet accounts with everything that honestly happens at a bank, and faults put into them one by one."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import uuid4

from bench.drift_bank import Entry, Json, Ledger, copy_of, parse, reais, stamp

STEPS = 5
HISTORY = timedelta(days=75)
SWEEP = re.compile(r"APLIC AUT", re.IGNORECASE)


@dataclass
class Manual:
    """A row a person writes into the bank's account after a step."""

    step: int
    cents: int
    description: str


@dataclass
class Case:
    """One account with its faults; `effect` is what the bank's balance has beyond the rows at the end."""

    ledger: Ledger
    causes: set[str]
    manual: list[Manual] = field(default_factory=list)
    effect: int = 0
    quiet: list[str] = field(default_factory=list)  # what honestly happens in it


def ledger_from(rng: Random, source: Json, now: datetime) -> Ledger:
    """The simulated account over its last days, with a few more ordinary movements."""
    steps = [now - timedelta(days=back) for back in range(STEPS - 1, -1, -1)]
    is_card = source["account"]["type"] == "CREDIT"
    entries = [
        _entry(row, now, is_card=is_card) for row in source["rows"] if parse(row["date"]) >= now - HISTORY
    ]
    entries = [entry for entry in entries if entry]
    balance = round(source["account"]["balance"] * 100) * (-1 if is_card else 1)
    bank_data = source["account"]["bankData"] or {}
    invested = bank_data.get("automaticallyInvestedBalance")
    ledger = Ledger(
        account=source["account"],
        entries=entries,
        opening=0,
        steps=steps,
        with_column=not is_card and rng.random() < 0.5,
        invested=None if invested is None else round(invested * 100),
    )
    ledger.opening = balance - ledger.worth(now)
    _move_invested_back(ledger)
    for _ in range(rng.randint(3, 8)):
        ledger.entries.append(ordinary(rng, ledger))
    return ledger


def _entry(row: Json, now: datetime, *, is_card: bool) -> Entry:
    amount = row["amount"] if row["amountInAccountCurrency"] is None else row["amountInAccountCurrency"]
    cents = abs(round(amount * 100)) * (-1 if row["type"] == "DEBIT" else 1)
    moment = parse(row["date"])
    posted = row["status"] == "POSTED"
    return Entry(
        row, cents, moment, moves=posted or is_card, shown_from=moment if is_card and moment <= now else None
    )


def _move_invested_back(ledger: Ledger) -> None:
    """What is invested now was moved there by the sweep rows of these days."""
    for entry in ledger.entries:
        if ledger.invested is not None and is_sweep(entry) and entry.moment > ledger.steps[0]:
            ledger.invested += entry.cents
            ledger.invested_moves.append((entry.moment, -entry.cents))


def is_sweep(entry: Entry) -> bool:
    return bool(SWEEP.search(entry.row["descriptionRaw"] or ""))


def ordinary(rng: Random, ledger: Ledger) -> Entry:
    """A movement like those of before, some time after the first step."""
    model = rng.choice([entry for entry in ledger.entries if _is_model(entry, ledger.steps[0])])
    cents = model.cents + rng.randint(1, 2999) * (1 if model.cents > 0 else -1)
    moment = ledger.steps[0] + rng.random() * (ledger.steps[-1] - ledger.steps[0])
    if rng.random() < 0.5:
        moment = moment.replace(hour=3, minute=0, second=0, microsecond=0)
        moment += timedelta(days=0 if moment > ledger.steps[0] else 1)
    return with_cents(ledger, model, cents, moment)


def _is_model(entry: Entry, until: datetime) -> bool:
    card = entry.row["creditCardMetadata"] or {}
    parcelled = card.get("totalInstallments") is not None
    return entry.moment < until and entry.row["status"] == "POSTED" and not (is_sweep(entry) or parcelled)


def with_cents(ledger: Ledger, model: Entry, cents: int, moment: datetime, **changes: Any) -> Entry:
    """A new row after a model, with an amount and a moment of its own."""
    row: Json = {
        "amount": reais(-cents if ledger.is_card else cents),
        "type": "DEBIT" if cents < 0 else "CREDIT",
        "amountInAccountCurrency": None,
        "currencyCode": "BRL",
        "date": stamp(moment),
        "providerId": str(uuid4()) if model.row["providerId"] else None,
        "status": "POSTED",
    }
    return copy_of(model, cents=cents, moment=moment, row=row, **changes)


def news(rng: Random, ledger: Ledger, used: set[str]) -> Entry:
    """A shown, posted movement of after the first step that no fault has touched yet; made when there is none."""
    fresh = [
        entry
        for entry in ledger.entries
        if ledger.steps[0] < entry.moment < ledger.steps[-1]
        and entry.shown and entry.moves and entry.posts_at is None and entry.shown_from in {None, entry.moment}
        and entry.row["status"] == "POSTED" and entry.row["id"] not in used and not is_sweep(entry)
        and entry.shown_until is None
    ]  # fmt: skip
    chosen = rng.choice(fresh) if fresh else ordinary(rng, ledger)
    if not fresh:
        ledger.entries.append(chosen)
    used.add(chosen.row["id"])
    return chosen


# What honestly happens: nothing of this is a gap.


def settles(rng: Random, ledger: Ledger) -> None:
    entry = ordinary(rng, ledger)
    entry.posts_at = entry.moment + timedelta(hours=rng.choice([10, 30, 50]))
    entry.shown_from = entry.moment
    if not ledger.is_card:
        entry.moves_at = entry.posts_at
    ledger.entries.append(entry)


def twin(rng: Random, ledger: Ledger) -> None:
    """Two equal purchases of a day, minutes apart where the bank tells the time."""
    entry = ordinary(rng, ledger)
    own = {"providerId": str(uuid4())} if entry.row["providerId"] else {}
    moment = entry.moment
    if moment.minute or moment.second:
        moment += timedelta(minutes=rng.randint(1, 20))
    ledger.entries += [entry, copy_of(entry, moment=moment, row=own | {"date": stamp(moment)})]


def rekeyed(rng: Random, ledger: Ledger) -> None:
    entry, step = news(rng, ledger, set()), rng.choice(ledger.steps[1:])
    entry.shown_until = max(step, entry.moment)
    ledger.entries.append(copy_of(entry, moves=False, shown_from=entry.shown_until, has_column=False))


def rewritten(rng: Random, ledger: Ledger) -> None:
    entry, step = news(rng, ledger, set()), rng.choice(ledger.steps[1:])
    entry.shown_until = max(step, entry.moment)
    same = {"id": entry.row["id"], "description": f"{entry.row['description']} *"}
    ledger.entries.append(
        copy_of(entry, row=same, moves=False, shown_from=entry.shown_until, has_column=False)
    )


def late_but_known(rng: Random, ledger: Ledger) -> None:
    entry = ordinary(rng, ledger)
    moment = ledger.steps[0] - timedelta(days=rng.randint(3, 30))
    ledger.entries.append(
        with_cents(
            ledger, entry, entry.cents, moment, shown_from=rng.choice(ledger.steps[1:]), has_column=False
        )
    )


def late_and_new(rng: Random, ledger: Ledger) -> None:
    entry, seen = ordinary(rng, ledger), rng.choice(ledger.steps[1:])
    moment = ledger.steps[0] - timedelta(days=rng.choice([2, 9, 40, 100, 140]))
    ledger.entries.append(
        with_cents(ledger, entry, entry.cents, moment, shown_from=seen, moves_at=seen, has_column=False)
    )


def taken_back(rng: Random, ledger: Ledger) -> None:
    entry, step = news(rng, ledger, set()), rng.choice(ledger.steps[1:])
    entry.shown_until = max(step, entry.moment)
    ledger.entries.append(
        copy_of(entry, cents=-entry.cents, moment=entry.shown_until, shown=False, has_column=False)
    )


def scheduled(rng: Random, ledger: Ledger) -> None:
    entry = ordinary(rng, ledger)
    moment = ledger.steps[-1] + timedelta(days=rng.randint(2, 20))
    entry = with_cents(ledger, entry, -abs(entry.cents), moment, moves=False)
    entry.row["status"] = "PENDING"
    ledger.entries.append(entry)


def swept(rng: Random, ledger: Ledger) -> None:
    if ledger.is_card:
        return twin(rng, ledger)
    invest(rng, ledger)
    entry = sweep_row(rng, ledger)
    ledger.entries.append(entry)
    ledger.invested_moves.append((entry.moment, -entry.cents + rng.randint(0, 40)))
    return None


QUIET: tuple[Callable[[Random, Ledger], None], ...] = (
    settles, twin, rekeyed, rewritten, late_but_known, late_and_new, taken_back, scheduled, swept,
)  # fmt: skip


def invest(rng: Random, ledger: Ledger) -> None:
    """Have something invested from the start."""
    if ledger.invested is None:
        ledger.invested = rng.randint(200, 9000) * 1000


def sweep_row(rng: Random, ledger: Ledger) -> Entry:
    """Money invested or brought back overnight, as a row."""
    cents = rng.choice([-1, -1, 1]) * rng.randint(2, 60) * rng.choice([5000, 10000, 777])
    moment = rng.choice(ledger.steps[1:]).replace(hour=0, minute=0, second=0, microsecond=0)
    model = with_cents(ledger, ordinary(rng, ledger), cents, moment)
    model.row |= {
        "description": "Aplicação automática" if cents < 0 else "Resgate automático",
        "descriptionRaw": "APL APLIC AUT MAIS" if cents < 0 else "RES APLIC AUT MAIS",
        "operationType": None,
        "paymentData": None,
        "categoryId": "03010000",
        "merchant": None,
    }
    return model
