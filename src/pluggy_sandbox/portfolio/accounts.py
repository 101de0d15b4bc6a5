"""Accounts as the vendor shows them: numbers, limits, balances, monthly statements."""

from datetime import date, timedelta
from random import Random

from pluggy_sandbox.catalogue import compe_of
from pluggy_sandbox.portfolio import calendar, documents, scenario, wire
from pluggy_sandbox.portfolio.bank import Statement
from pluggy_sandbox.portfolio.card import CardStatement
from pluggy_sandbox.portfolio.model import Origin
from pluggy_sandbox.portfolio.movements import Span
from pluggy_sandbox.portfolio.rows import Holder
from pluggy_sandbox.portfolio.scenario import Scenario
from pluggy_sandbox.portfolio.wire import Json

_FALLBACK_BANK = ("341", "60701190")


def holder_of(chosen: Scenario, name: str, origin: Origin, world: str) -> Holder:
    """The account called `name` in the scenario, with its numbers at that connector."""
    plan = chosen.accounts[name]
    rng = Random(f"{world}|number|{name if plan.type == 'CREDIT' else plan.subtype + name}")
    number = f"{rng.randrange(10_000):04d}"
    if plan.type == "BANK":
        number = f"{rng.randrange(1, 9999):04d}/{rng.randrange(10_000, 99_999)}-{rng.randrange(10)}"
    compe = compe_of(origin.connector["id"]) or _FALLBACK_BANK[0]
    ispb = dict(scenario.banks()).get(compe, _FALLBACK_BANK[1])
    return Holder(
        person=scenario.people()[plan.holder] if plan.holder else chosen.customer(origin.user),
        plan=plan,
        account_id=wire.made_id(origin.item_id, name),
        number=number,
        compe=compe,
        ispb=ispb,
        world=world,
        is_open_finance=bool(origin.connector.get("isOpenFinance")),
    )


def bank_json(holder: Holder, kept: Statement, origin: Origin) -> Json:
    """A checking or savings account; its balance is the opening and every booked row."""
    limit = scenario.cents(holder.plan.overdraft_limit)
    return _account(holder, origin, kept.balance) | {
        "bankData": {
            "transferNumber": f"{holder.compe}/{holder.number}",
            "closingBalance": wire.reais(kept.balance),
            "automaticallyInvestedBalance": wire.reais(kept.invested) if holder.plan.sweep else None,
            "overdraftContractedLimit": wire.reais(limit) if limit else None,
            "overdraftUsedLimit": wire.reais(max(0, min(limit, -kept.balance))) if limit else None,
            "unarrangedOverdraftAmount": wire.reais(max(0, -kept.balance - limit)) if limit else None,
            "hasReservedBalance": False,
            "reservedBalances": None,
        },
        "creditData": None,
    }


def card_json(holder: Holder, statement: CardStatement, origin: Origin) -> Json:
    """A credit card; its balance is what is owed today, positive."""
    plan = holder.plan
    limit = scenario.cents(plan.limit)
    future = sum(
        -move.cents for move in statement.rows if move.pending and move.day > wire.local_day(origin.started)
    )
    used = statement.debt + max(0, future)
    last = statement.closed[-1] if statement.closed else None
    return _account(holder, origin, statement.debt) | {
        "bankData": None,
        "creditData": {
            "level": plan.level,
            "brand": plan.brand,
            "brandAdditionalInfo": None,
            "balanceCloseDate": statement.open.closing.isoformat(),
            "balanceDueDate": statement.open.due.isoformat(),
            "availableCreditLimit": wire.reais(max(0, limit - used)),
            "balanceForeignCurrency": None,
            "minimumPayment": wire.reais(max(0, last.total * 15 // 100)) if last else wire.reais(0),
            "creditLimit": wire.reais(limit),
            "isLimitFlexible": False,
            "status": "ACTIVE",
            "holderType": "MAIN",
            "disaggregatedCreditLimits": [_total_limit(holder, limit, used)]
            if holder.is_open_finance
            else None,
            "additionalCards": [{"number": digits} for digits in plan.additional],
        },
    }


def _account(holder: Holder, origin: Origin, balance: int) -> Json:
    plan, person = holder.plan, holder.person
    owner = f"{person.name} e {plan.shared_with}" if plan.shared_with else person.name
    made = wire.stamp(origin.started)
    return {
        "id": holder.account_id,
        "type": plan.type,
        "subtype": plan.subtype,
        "number": holder.number,
        "name": plan.name,
        "marketingName": plan.marketing_name,
        "balance": wire.reais(balance),
        "itemId": str(origin.item_id),
        "taxNumber": documents.formatted(person.document),
        "owner": owner,
        "currencyCode": "BRL",
        "createdAt": made,
        "updatedAt": made,
    }


def _total_limit(holder: Holder, limit: int, used: int) -> Json:
    return {
        "creditLineLimitType": "LIMITE_CREDITO_TOTAL",
        "consolidationType": "CONSOLIDADO",
        "identificationNumber": holder.number,
        "lineName": None,
        "lineNameAdditionalInfo": None,
        "isLimitFlexible": False,
        "limitAmount": wire.reais(limit),
        "limitAmountCurrencyCode": "BRL",
        "limitAmountReason": None,
        "usedAmount": wire.reais(used),
        "usedAmountCurrencyCode": "BRL",
        "customizedLimitAmount": None,
        "customizedLimitAmountCurrencyCode": None,
        "availableAmount": wire.reais(max(0, limit - used)),
        "availableAmountCurrencyCode": "BRL",
    }


def statements_json(holder: Holder, span: Span) -> list[Json]:
    """The last twelve monthly statements, newest first; `url` is a path the engine completes."""
    this_month = date(span.today.year, span.today.month, 1)
    months = [calendar.later(this_month, -back) - timedelta(days=1) for back in range(12)]
    made: list[Json] = []
    for month in months:
        statement = wire.made_id(holder.account_id, "statement", f"{month:%Y-%m}")
        made.append({"id": statement, "monthYear": f"{month:%m-%Y}", "url": f"/statements/{statement}.pdf"})
    return made
