"""Flows of a scenario unrolled into dated movements; the same seed gives the same movements for ever."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from zoneinfo import ZoneInfo

from pluggy_sandbox.portfolio import calendar, scenario, wire
from pluggy_sandbox.portfolio.scenario import Flow, Merchant, Party

_SAO_PAULO = ZoneInfo("America/Sao_Paulo")
TIMED = {"PIX", "TED", "CARTAO", "SAQUE", "TEV"}


@dataclass(slots=True)
class Movement:
    """Money that moved: `cents` is signed for the holder (spending negative) on every kind of account."""

    key: str  # unique within its account, stable when the world is built again later
    day: date  # in Sao Paulo
    date: str  # as the vendor spells it
    cents: int
    description: str
    raw: str
    category: str
    method: str | None = None
    party: Party | None = None
    merchant: Merchant | None = None
    mcc: int | None = None
    fee: str | None = None
    instalment: tuple[int, int, int, str] | None = None  # number, total, total cents, purchase date
    foreign: tuple[str, int] | None = None  # currency and signed cents in it; `cents` is the amount in reais
    pending: bool = False
    bill: tuple[str, str] | None = None  # bill id, period YYYY-MM
    forecast: str | None = None
    balance: int | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Span:
    """The days a portfolio covers: history from `start`, scheduled rows until `horizon`."""

    seed: str
    start: date
    now: datetime
    horizon: date
    clock: str  # how the institution writes days without a time: bare or midnight

    @property
    def today(self) -> date:
        return wire.local_day(self.now)


def unroll(flow: Flow, span: Span) -> Iterator[Movement]:
    """Every movement of a flow from the start to the horizon, past or scheduled."""
    for year, month in calendar.months_between(span.start, span.horizon):
        if flow.months and month not in flow.months:
            continue
        rng = Random(f"{span.seed}|{flow.name}|{year}-{month}")
        for number, day in enumerate(_days(flow, year, month, rng)):
            made = _movement(flow, day, f"{flow.name}|{year}-{month:02d}|{number}", rng, span)
            twin = flow.twins and rng.random() < flow.twins
            if not span.start <= day <= span.horizon:
                continue
            yield made
            if twin:
                yield replace(made, key=f"{made.key}|twin")


def _days(flow: Flow, year: int, month: int, rng: Random) -> list[date]:
    last = calendar.days_in(year, month)
    if flow.day is not None:
        day = calendar.on_day(year, month, flow.day)
        days = [calendar.workday_from(day) if flow.workday else day]
    elif flow.times is not None:
        low, high = flow.times[0], flow.times[-1]
        days = [date(year, month, rng.randint(1, last)) for _ in range(rng.randint(low, high))]
    else:
        days = [day for day in (date(year, month, n) for n in range(1, last + 1)) if _falls(flow, day)]
    return [day for day in days if flow.chance >= 1 or rng.random() < flow.chance]


def _falls(flow: Flow, day: date) -> bool:
    if flow.weekday is not None:
        return day.weekday() == flow.weekday
    return flow.every == "day" or calendar.is_workday(day)


def _movement(flow: Flow, day: date, key: str, rng: Random, span: Span) -> Movement:
    shop = rng.choice(scenario.merchants()[rng.choice(flow.merchants)]) if flow.merchants else None
    party = _party(flow, rng)
    words = {
        "name": party.name if party else "",
        "merchant": shop.name if shop else "",
        "raw": shop.raw.replace("{n}", f"{rng.randrange(1000):03d}") if shop else "",
        "month": f"{day:%m/%Y}",
    }
    cents = _amount(flow, shop, rng)
    kept = int(cents * Decimal(str(flow.fee_rate)))
    words |= {"gross": _spoken(cents), "fee": _spoken(kept)}
    cents -= kept
    foreign = None
    if flow.currency:
        foreign = (flow.currency, cents if flow.direction == "in" else -cents)
        cents = cents * rng.randrange(51_800, 58_900) // 10_000
    return Movement(
        key=key,
        day=day,
        date=_moment(flow, day, rng, span),
        cents=cents if flow.direction == "in" else -cents,
        description=flow.description.format(**words),
        raw=_plain(flow.raw.format(**words)),
        category=flow.category or (shop.category if shop else "99999999"),
        method=flow.method,
        party=party,
        merchant=shop,
        mcc=flow.mcc or (shop.mcc if shop else None),
        fee=flow.fee,
        foreign=foreign,
        reason=flow.reason.format(**words) if flow.reason else None,
    )


def _spoken(cents: int) -> str:
    return f"R$ {cents // 100},{cents % 100:02d}"


def _plain(text: str) -> str:
    """Capitals without accents, as bank mainframes print."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().upper()


def _party(flow: Flow, rng: Random) -> Party | None:
    if flow.people:
        return Party(name=rng.choice(scenario.names(flow.people)), person=flow.people in {"people", "staff"})
    return flow.party


def _amount(flow: Flow, shop: Merchant | None, rng: Random) -> int:
    if isinstance(flow.amount, list):
        low, high = scenario.cents(flow.amount[0]), scenario.cents(flow.amount[-1])
    elif flow.amount is not None:
        return scenario.cents(flow.amount)
    else:
        low, high = (shop.low, shop.high) if shop else (0, 0)
    if low == high:
        return low
    drawn = int(rng.triangular(low, high, low + (high - low) * 0.3))
    if flow.step:
        step = scenario.cents(flow.step)
        return max(step, drawn // step * step)
    return drawn // 100 * 100 + 90 if rng.random() < 0.4 else drawn


def _moment(flow: Flow, day: date, rng: Random, span: Span) -> str:
    clock = flow.clock or ("time" if flow.method in TIMED else span.clock)
    if clock == "time":
        second = int(rng.triangular(7 * 3600, 86_399, 15 * 3600))
        midnight = datetime.combine(day, datetime.min.time(), _SAO_PAULO)
        return wire.stamp(midnight + timedelta(seconds=second, milliseconds=rng.randrange(1, 1000)))
    return wire.bare(day) if clock == "bare" else wire.local_midnight(day)
