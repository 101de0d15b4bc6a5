"""Investments and their movements: money put in, grown month by month, partly taken out."""

from datetime import date
from decimal import Decimal
from random import Random

from pluggy_sandbox.portfolio import calendar, documents, scenario, wire
from pluggy_sandbox.portfolio.model import Portfolio
from pluggy_sandbox.portfolio.movements import Span
from pluggy_sandbox.portfolio.scenario import Holding, Scenario
from pluggy_sandbox.portfolio.wire import Json

_QUOTA_EATING = (5, 11)  # funds pay income tax in units at the end of May and November ("come-cotas")
_NO_METADATA: Json = {
    "taxRegime": None,
    "proposalNumber": None,
    "processNumber": None,
    "fundName": None,
    "insurer": None,
    "anbimaClass": None,
    "anbimaSubclass": None,
    "anbimaCategory": None,
}
_WORDS = {"BUY": "APLICACAO", "INTEREST": "PROVENTOS", "SELL": "RESGATE", "TAX": "IR COME-COTAS"}


def add_investments(portfolio: Portfolio, chosen: Scenario, span: Span) -> None:
    """Fill the portfolio's investments and the movements of each."""
    for place, holding in enumerate(chosen.investments):
        investment_id = wire.made_id(portfolio.origin.item_id, "investment", place)
        position = _grow(holding, investment_id, span)
        portfolio.investment_transactions[investment_id] = position.movements[::-1]
        portfolio.investments.append(_investment(holding, investment_id, position, portfolio, span))


class _Position:
    """Cents and thousandths of a unit, moved forward a month at a time."""

    def __init__(self, holding: Holding) -> None:
        self.price = scenario.cents(holding.price) if holding.price else 10_000
        self.units = 0  # in ten-thousandths
        self.put_in = 0  # what the units still held have cost
        self.taxed = 0  # gain on which the fund's tax has been taken
        self.movements: list[Json] = []
        self.last_month = Decimal(0)

    @property
    def balance(self) -> int:
        return self.units * self.price // 10_000


def _grow(holding: Holding, investment_id: str, span: Span) -> _Position:
    position = _Position(holding)
    rng = Random(f"{span.seed}|holding|{holding.name}")
    volatility = 0.035 if holding.type in {"EQUITY", "ETF"} else 0.0008
    for place, (year, month) in enumerate(calendar.months_between(span.start, span.today)):
        day = calendar.workday_from(date(year, month, 12))
        if not span.start <= day <= span.today:
            continue
        if position.units:
            change = rng.gauss(float(holding.growth), volatility)
            position.price = max(1, round(position.price * (1 + change)))
            position.last_month = Decimal(f"{change * 100:.4f}")
        bought = scenario.cents(holding.initial if position.units == 0 else holding.monthly)
        _buy(holding, position, (investment_id, day), bought)
        if holding.dividends and place % 3 == 2:
            paid = int(position.balance * float(holding.dividends))
            position.movements.append(_movement(investment_id, day, "INTEREST", paid, None))
        if holding.sells and place % 6 == 5:
            _sell(position, (investment_id, day), scenario.cents(holding.sells), "SELL")
        if holding.type == "MUTUAL_FUND" and month in _QUOTA_EATING and position.units:
            gained = position.balance - position.put_in - position.taxed
            _sell(position, (investment_id, calendar.on_day(year, month, 28)), gained * 15 // 100, "TAX")
            position.taxed = max(position.taxed, position.balance - position.put_in)
    return position


def _sell(position: _Position, where: tuple[str, date], cents: int, kind: str) -> None:
    """Units leave: sold by the customer, or taken by the half-yearly tax on funds."""
    units = min(position.units, max(0, cents) * 10_000 // position.price)
    if units == 0:
        return
    paid = units * position.price // 10_000
    position.put_in -= position.put_in * units // position.units
    position.units -= units
    position.movements.append(_movement(*where, kind, paid, (units, position.price)))


def _buy(holding: Holding, position: _Position, where: tuple[str, date], cents: int) -> None:
    if cents <= 0:
        return
    units = cents * 10_000 // position.price
    if holding.type in {"EQUITY", "ETF"}:
        units = units // 10_000 * 10_000  # whole shares only
    if units <= 0:
        return
    paid = units * position.price // 10_000
    position.units += units
    position.put_in += paid
    position.movements.append(_movement(*where, "BUY", paid, (units, position.price)))


def _movement(investment_id: str, day: date, kind: str, cents: int, units: tuple[int, int] | None) -> Json:
    return {
        "id": wire.made_id(investment_id, day, kind),
        "type": kind,
        "movementType": "CREDIT" if kind == "BUY" else "DEBIT",
        "quantity": Decimal(units[0]).scaleb(-4) if units else None,
        "value": wire.reais(units[1]) if units else None,
        "amount": wire.reais(cents),
        "agreedRate": None,
        "indexerPercentage": None,
        "priceFactor": None,
        "date": wire.bare(day),
        "tradeDate": wire.bare(day),
        "expenses": {},
        "description": _WORDS[kind],
        "netAmount": wire.reais(cents),
        "brokerageNumber": None,
    }


def _investment(
    holding: Holding, investment_id: str, position: _Position, portfolio: Portfolio, span: Span
) -> Json:
    origin = portfolio.origin
    issuer = holding.issuer or str(origin.connector.get("name"))
    profit = position.balance - position.put_in
    tax = 0 if holding.tax_exempt or profit <= 0 else profit * 15 // 100
    made = wire.stamp(origin.started)
    return {
        "id": investment_id,
        "itemId": str(origin.item_id),
        "type": holding.type,
        "subtype": holding.subtype,
        "number": None,
        "name": holding.name,
        "code": holding.code,
        "isin": holding.isin,
        "balance": wire.reais(position.balance - tax),
        "currencyCode": "BRL",
        "value": wire.reais(position.price),
        "quantity": Decimal(position.units).scaleb(-4),
        "amount": wire.reais(position.balance),
        "taxes": wire.reais(tax),
        "taxes2": wire.reais(0),
        "date": wire.bare(span.today),
        "owner": portfolio_owner(portfolio),
        "amountProfit": wire.reais(profit),
        "amountWithdrawal": wire.reais(position.balance - tax),
        "amountOriginal": wire.reais(position.put_in),
        **_rates(holding, position),
        **_dates(holding, span),
        "issuer": issuer,
        "issuerCNPJ": documents.formatted(documents.cnpj_named(issuer)),
        "metadata": dict(_NO_METADATA),
        "debtor": None,
        "couponPayment": None,
        "priceFactor": None,
        "taxExempt": holding.tax_exempt,
        "status": "ACTIVE",
        "institution": {"name": issuer, "number": documents.cnpj_named(issuer)},
        "createdAt": made,
        "updatedAt": wire.stamp(span.now),
    }


def portfolio_owner(portfolio: Portfolio) -> str | None:
    """The name on the accounts."""
    return str(portfolio.accounts[0]["owner"]) if portfolio.accounts else None


def _rates(holding: Holding, position: _Position) -> Json:
    yearly = Decimal(f"{((1 + float(holding.growth)) ** 12 - 1) * 100:.4f}")
    return {
        "lastMonthRate": position.last_month,
        "lastTwelveMonthsRate": yearly,
        "annualRate": yearly,
        "rate": None if holding.rate is None else Decimal(str(holding.rate)),
        "rateType": holding.rate_type,
        "fixedAnnualRate": Decimal(str(holding.rate))
        if holding.rate is not None and holding.rate < 50
        else None,
        "ratePeriodicity": "ANNUAL" if holding.rate is not None else None,
        "indexerAdditionalInfo": None,
    }


def _dates(holding: Holding, span: Span) -> Json:
    bought = calendar.workday_from(calendar.on_day(span.start.year, span.start.month, 12))
    due = calendar.later(bought, 12 * holding.due_years) if holding.due_years else None
    return {
        "dueDate": wire.bare(due) if due else None,
        "issueDate": wire.bare(bought),
        "purchaseDate": wire.bare(bought),
        "gracePeriodDate": None,
    }
