"""A credit card cycle by cycle: parcelas, IOF abroad, bills that close, are paid, or are late."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from pluggy_sandbox.portfolio import calendar, texts, wire
from pluggy_sandbox.portfolio.movements import Movement, Span
from pluggy_sandbox.portfolio.scenario import AccountPlan, Flow
from pluggy_sandbox.portfolio.wire import Json

IOF_PER_MILLE = 35  # 3.5 % on purchases abroad
LATE_FEE_PERCENT = 2


@dataclass
class Cycle:
    """One bill: the purchases dated before its closing day and from the previous one on."""

    id: str
    closing: date
    due: date
    rows: list[Movement] = field(default_factory=list)
    carried: int = 0  # debt of the previous bill, in cents
    charges: list[tuple[str, int]] = field(default_factory=list)
    paid_on: date | None = None

    @property
    def total(self) -> int:
        """What the bill asks for: the carried debt and its rows (payments lower it)."""
        return self.carried - sum(move.cents for move in self.rows)


@dataclass
class CardStatement:
    """Rows, closed bills (oldest first), the cycle that is open, and payments to be taken from an account."""

    rows: list[Movement]
    closed: list[Cycle]
    open: Cycle
    payments: list[tuple[date, int, date]]  # day, cents, the bill's closing day

    @property
    def debt(self) -> int:
        """What the holder owes today, in cents: unpaid bills and the open one, without future parcelas."""
        return self.open.total


def parcelled(flow: Flow, movements: Iterable[Movement], span: Span) -> Iterator[Movement]:
    """Purchases of a flow split into parcelas, foreign ones followed by their IOF."""
    for move in movements:
        if move.foreign:
            yield move
            yield _iof(move)
        elif flow.instalments:
            yield from _parcels(flow, move, span)
        else:
            yield move


def _iof(move: Movement) -> Movement:
    cents = move.cents * IOF_PER_MILLE // 1000
    return replace(
        move,
        key=f"{move.key}|iof",
        cents=cents,
        description=texts.IOF_ABROAD,
        raw="IOF COMPRA INTERNACIONAL",
        category="15030000",
        merchant=None,
        mcc=None,
        foreign=None,
        fee="OTHER",
    )


def _parcels(flow: Flow, move: Movement, span: Span) -> Iterator[Movement]:
    low, high = (flow.instalments or [1])[0], (flow.instalments or [1])[-1]
    count = Random(f"{span.seed}|{move.key}").randint(low, high)
    each, rest = divmod(abs(move.cents), count)
    sign = 1 if move.cents > 0 else -1
    for number in range(1, count + 1):
        day = calendar.later(move.day, number - 1)
        if day > span.horizon:
            return
        yield replace(
            move,
            key=f"{move.key}|{number}",
            day=day,
            date=move.date if number == 1 else _dated(day, span),
            cents=sign * (each + (rest if number == 1 else 0)),
            description=f"{move.description} {number:02d}/{count:02d}",
            raw=f"{move.raw} {number:02d}/{count:02d}",
            instalment=(number, count, abs(move.cents), move.date),
        )


def _dated(day: date, span: Span) -> str:
    return wire.bare(day) if span.clock == "bare" else wire.local_midnight(day)


def keep_card(plan: AccountPlan, movements: Iterable[Movement], span: Span, account_id: str) -> CardStatement:
    """Put every row on its bill, close the bills that are due to close, pay them on their day."""
    known = _known(movements, span)
    cycles = _cycles(plan, span, account_id)
    rows: list[Movement] = []
    payments: list[tuple[date, int, date]] = []
    position, carried = 0, 0
    follow: list[Movement] = []  # payments and charges of the previous bill
    for cycle in cycles:
        cycle.carried = carried
        start = position
        while position < len(known) and known[position].day < cycle.closing:
            position += 1
        cycle.rows = known[start:position] + follow
        is_closed = cycle.closing <= span.today
        rows += _billed(cycle, is_closed=is_closed)
        if not is_closed:
            break
        carried = cycle.total
        follow = _settle(plan, cycle, span)
        payments += [(_payday(plan, cycle, span)[0], carried, cycle.closing)] if carried > 0 else []
    closed, current = cycles[: cycles.index(cycle)], cycle
    return CardStatement(rows + _future(known[position:], current), closed, _so_far(current, span), payments)


def _known(movements: Iterable[Movement], span: Span) -> list[Movement]:
    """Rows the bank shows: all up to now, and future parcelas."""
    now, today = wire.stamp(span.now), span.today
    shown = [
        move
        for move in movements
        if (move.day > today and move.instalment) or (move.day <= today and move.date <= now)
    ]
    return sorted(shown, key=lambda move: (move.day, move.date, move.key))


def _cycles(plan: AccountPlan, span: Span, account_id: str) -> list[Cycle]:
    cycles = []
    for year, month in calendar.months_between(span.start, calendar.later(span.today, 2)):
        closing = calendar.on_day(year, month, plan.closing_day)
        if closing <= span.start:
            continue
        due = calendar.on_day(year, month, plan.due_day)
        due = due if due > closing else calendar.later(due, 1)
        cycles.append(Cycle(wire.made_id(account_id, "bill", closing), closing, due))
    return cycles


def _billed(cycle: Cycle, *, is_closed: bool) -> list[Movement]:
    for move in cycle.rows:
        move.bill = (cycle.id, f"{cycle.due:%Y-%m}") if is_closed else None
        move.forecast = f"{cycle.due:%Y-%m}"
        move.pending = not is_closed and move.method != "PAGAMENTO_FATURA"
    return list(cycle.rows)


def _so_far(cycle: Cycle, span: Span) -> Cycle:
    return replace(cycle, rows=[move for move in cycle.rows if move.day <= span.today])


def _future(rows: list[Movement], current: Cycle) -> list[Movement]:
    for move in rows:
        months = 0
        while calendar.later(current.closing, months) <= move.day:
            months += 1
        move.forecast = f"{calendar.later(current.due, months):%Y-%m}"
        move.pending = True
    return rows


def _payday(plan: AccountPlan, cycle: Cycle, span: Span) -> tuple[date, int]:
    """When the holder pays that bill, and how many days late that is."""
    rng = Random(f"{span.seed}|{plan.name}|{cycle.closing}")
    late = rng.randint(3, 9) if rng.random() < plan.late_chance else 0
    due = calendar.workday_from(cycle.due)
    day = calendar.workday_from(due + timedelta(days=late))
    return day, (day - due).days


def _settle(plan: AccountPlan, cycle: Cycle, span: Span) -> list[Movement]:
    """The payment of a closed bill, and the charges when it came late; nothing before its day."""
    day, late = _payday(plan, cycle, span)
    if cycle.total <= 0 or day > span.today:
        return []
    cycle.paid_on = day
    paid = Movement(
        key=f"payment|{cycle.closing}",
        day=day,
        date=_dated(day, span),
        cents=cycle.total,
        description=texts.CARD_PAYMENT,
        raw="PAGAMENTO RECEBIDO - OBRIGADO",
        category="05100000",
        method="PAGAMENTO_FATURA",
    )
    return [paid, *_charges(cycle, late, span)]


def _charges(cycle: Cycle, late: int, span: Span) -> list[Movement]:
    day = (cycle.paid_on or cycle.due) + timedelta(days=1)
    if not late or day > span.today:
        return []
    total = cycle.total
    cycle.charges = [
        ("LATE_PAYMENT_FEE", total * LATE_FEE_PERCENT // 100),
        ("LATE_PAYMENT_INTEREST", total * late // 3000),
        ("LATE_PAYMENT_REMUNERATIVE_INTEREST", total * late * 13 // 3000),
        ("IOF", total * 38 // 10_000 + total * late * 82 // 1_000_000),
    ]
    return [_charge(cycle, charge, day, span) for charge in cycle.charges if charge[1]]


def _charge(cycle: Cycle, charge: tuple[str, int], day: date, span: Span) -> Movement:
    kind, cents = charge
    text = texts.LATE_CHARGES[kind]
    return Movement(
        key=f"charge|{cycle.closing}|{kind}",
        day=day,
        date=_dated(day, span),
        cents=-cents,
        description=text,
        raw=text.upper(),
        category="15030000" if kind == "IOF" else "02010000",
        fee="OTHER",
    )


def bill_json(cycle: Cycle, previous: Cycle | None, account_id: str) -> Json:
    """A closed bill as the vendor's Bill; the charges on it come from the previous one, paid late."""
    charges = previous.charges if previous else []
    payments = [move for move in [cycle.paid_on] if move]
    return {
        "id": cycle.id,
        "accountId": account_id,
        "dueDate": wire.bare(cycle.due),
        "billClosingDate": wire.bare(cycle.closing),
        "totalAmount": wire.reais(cycle.total),
        "totalAmountCurrencyCode": "BRL",
        "minimumPaymentAmount": wire.reais(max(0, cycle.total * 15 // 100)),
        "allowsInstallments": True,
        "financeCharges": [
            {
                "id": wire.made_id(cycle.id, kind),
                "type": kind,
                "amount": wire.reais(cents),
                "currencyCode": "BRL",
                "additionalInfo": None,
                "creditCardBillId": cycle.id,
            }
            for kind, cents in charges
            if cents
        ],
        "payments": [
            {
                "id": wire.made_id(cycle.id, "payment"),
                "valueType": "FULL_PAYMENT",
                "paymentDate": wire.bare(day),
                "paymentMode": "DEBIT_ACCOUNT",
                "amount": wire.reais(cycle.total),
                "currencyCode": "BRL",
            }
            for day in payments
        ],
    }
