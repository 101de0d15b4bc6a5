"""One Item's portfolio from a scenario: the same login, connector, seed and clock give the same bytes."""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from pluggy_sandbox.portfolio import accounts, bank, calendar, card, holdings, identity, lending, texts, wire
from pluggy_sandbox.portfolio.casting import scenario_for
from pluggy_sandbox.portfolio.copies import HEAD
from pluggy_sandbox.portfolio.ledger import Ledger, Row
from pluggy_sandbox.portfolio.model import Origin, Portfolio
from pluggy_sandbox.portfolio.movements import Movement, Span, unroll
from pluggy_sandbox.portfolio.perf import PerfLedger
from pluggy_sandbox.portfolio.rows import Holder, transaction
from pluggy_sandbox.portfolio.scenario import Scenario
from pluggy_sandbox.portfolio.wire import Json

HISTORY_MONTHS = 24
SCHEDULED_DAYS = 60


def build_portfolio(
    *, user: str, connector: Json, seed: int, now: datetime, multiplier: int = 1, item_id: UUID
) -> Portfolio:
    """Everything the login shows at `now` (aware): 24 months of history and 60 scheduled days."""
    origin = Origin(user, connector, seed, item_id, now, multiplier)
    return generate(origin, now)


def generate(origin: Origin, now: datetime) -> Portfolio:
    """The portfolio of that origin as the bank shows it at `now`, all rows collected just then."""
    world = World.of(origin, now)
    portfolio = Portfolio(origin, now)
    payments: dict[str, list[Movement]] = {}
    for name in sorted(
        world.scenario.accounts, key=lambda key: world.scenario.accounts[key].type, reverse=True
    ):
        world.add_account(portfolio, name, payments)
    portfolio.accounts.sort(key=lambda account: str(account["type"]))
    holdings.add_investments(portfolio, world.scenario, world.span)
    portfolio.loans = [lending.loan_json(debt, origin, world.span) for debt in world.scenario.loans]
    portfolio.identity = identity.identity_json(world.scenario.customer(origin.user), origin, world.span)
    return portfolio


@dataclass(frozen=True)
class World:
    """One generation under way."""

    scenario: Scenario
    span: Span
    origin: Origin
    world_seed: str

    @classmethod
    def of(cls, origin: Origin, now: datetime) -> "World":
        connector = origin.connector
        number = connector["id"] if isinstance(connector["id"], int) else 0
        is_open = bool(connector.get("isOpenFinance"))
        seed = f"{origin.seed}|{origin.user.partition('-perf')[0]}|{number}"
        start = calendar.later(wire.local_day(origin.started), -HISTORY_MONTHS)
        horizon = wire.local_day(now) + timedelta(days=SCHEDULED_DAYS)
        scenario = scenario_for(origin.user, number, str(connector.get("type")))
        return cls(scenario, Span(seed, start, now, horizon, "bare" if is_open else "midnight"), origin, seed)

    def add_account(self, portfolio: Portfolio, name: str, payments: dict[str, list[Movement]]) -> None:
        """Build one account; cards come first, since what they are paid from needs their bills."""
        holder = accounts.holder_of(self.scenario, name, self.origin, self.world_seed)
        if holder.plan.type == "CREDIT":
            statement = self._card(portfolio, name, holder)
            self._plan_payments(name, holder, statement, payments)
            rows = statement.rows
        else:
            moves = [*self._movements(name), *payments.get(name, [])]
            kept = bank.keep_account(holder.plan, moves, self.span)
            portfolio.accounts.append(accounts.bank_json(holder, kept, self.origin))
            portfolio.statements[holder.account_id] = accounts.statements_json(holder, self.span)
            rows = kept.rows
        self._fill(portfolio, holder, rows)

    def _movements(self, name: str) -> Iterable[Movement]:
        for flow in self.scenario.flows:
            if flow.account != name:
                continue
            for move in unroll(flow, self.span):
                if flow.scheduled or move.day <= self.span.today:
                    yield move

    def _card(self, portfolio: Portfolio, name: str, holder: Holder) -> card.CardStatement:
        now = wire.stamp(self.span.now)
        moves: list[Movement] = []
        for flow in self.scenario.flows:
            if flow.account == name:
                bought = (
                    move
                    for move in unroll(flow, self.span)
                    if move.day <= self.span.today and move.date <= now
                )
                moves += card.parcelled(flow, bought, self.span)
        statement = card.keep_card(holder.plan, moves, self.span, holder.account_id)
        portfolio.accounts.append(accounts.card_json(holder, statement, self.origin))
        earlier = [None, *statement.closed]
        bills = [
            card.bill_json(cycle, previous, holder.account_id)
            for cycle, previous in zip(statement.closed, earlier, strict=False)
        ]
        portfolio.bills[holder.account_id] = bills[::-1]
        return statement

    def _plan_payments(
        self, name: str, holder: Holder, statement: card.CardStatement, payments: dict[str, list[Movement]]
    ) -> None:
        if holder.plan.paid_from is None:
            return
        payments.setdefault(holder.plan.paid_from, []).extend(
            Movement(
                key=f"{name}|payment|{closing}",
                day=day,
                date=wire.local_midnight(day),
                cents=-cents,
                description=texts.BILL_PAYMENT,
                raw="PAGTO FATURA CARTAO",
                category="05100000",
                method="OUTROS",
            )
            for day, cents, closing in statement.payments
        )

    def _fill(self, portfolio: Portfolio, holder: Holder, moves: list[Movement]) -> None:
        marks = portfolio.fingerprints.setdefault(holder.account_id, {})
        made = wire.stamp(portfolio.made_at)
        rows = []
        copies = self.origin.multiplier
        for move in moves:
            fields = transaction(move, holder)
            if copies > 1:
                fields["id"] = f"{str(fields['id'])[:HEAD]}{0:012x}"
            row, mark = encoded(fields, made)
            rows.append(row)
            marks[row.id] = mark
        portfolio.ledgers[holder.account_id] = PerfLedger(rows, copies) if copies > 1 else Ledger(rows)


def encoded(fields: Json, created: str, updated: str | None = None) -> tuple[Row, int]:
    """A row ready to serve and a mark of its content; timestamps do not count as content."""
    body = wire.encode(fields)
    mark = zlib.crc32(body)
    body = b'%s,"createdAt":"%s","updatedAt":"%s"}' % (
        body[:-1],
        created.encode(),
        (updated or created).encode(),
    )
    metadata = fields["creditCardMetadata"]
    bill = metadata["billId"] if isinstance(metadata, dict) else None
    return Row(str(fields["date"]), str(fields["id"]), created, body, bill), mark
