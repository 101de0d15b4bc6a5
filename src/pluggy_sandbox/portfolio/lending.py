"""Loans as Open Finance tells them: contract, rates, fees, and how far the instalments are paid."""

from datetime import date
from decimal import Decimal

from pluggy_sandbox.portfolio import calendar, documents, scenario, wire
from pluggy_sandbox.portfolio.model import Origin
from pluggy_sandbox.portfolio.movements import Span
from pluggy_sandbox.portfolio.scenario import Debt
from pluggy_sandbox.portfolio.wire import Json

_RELEASES_SHOWN = 12


def loan_json(debt: Debt, origin: Origin, span: Span) -> Json:
    """The vendor's Loan at `now`."""
    loan_id = wire.made_id(origin.item_id, "loan", debt.product)
    first = calendar.on_day(span.start.year, span.start.month, debt.day)
    first = calendar.later(first, -debt.paid)
    dues = [calendar.later(first, number) for number in range(debt.months)]
    paid = [due for due in dues if due <= span.today]
    contract = calendar.later(first, -1)
    return {
        "id": loan_id,
        "itemId": str(origin.item_id),
        "contractNumber": f"{int(loan_id[:8], 16):010d}",
        "ipocCode": f"{documents.cnpj_named(debt.product)[:8]}{int(loan_id[:8], 16):010d}",
        "productName": debt.product,
        "type": debt.type,
        "kind": debt.kind,
        "date": wire.bare(span.today),
        "contractDate": wire.bare(contract),
        "disbursementDates": [contract.isoformat()],
        "settlementDate": None,
        "contractAmount": wire.reais(scenario.cents(debt.amount)),
        "currencyCode": "BRL",
        "dueDate": wire.bare(dues[-1]),
        "installmentPeriodicity": "MONTHLY",
        "installmentPeriodicityAdditionalInfo": None,
        "firstInstallmentDueDate": wire.bare(first),
        "CET": _yearly(float(debt.monthly_rate) * 1.12),
        "amortizationScheduled": debt.system,
        "amortizationScheduledAdditionalInfo": None,
        "cnpjConsignee": None,
        "interestRates": [_rate(debt)],
        "contractedFees": [_fee()],
        "contractedFinanceCharges": [
            {"type": "JUROS_REMUNERATORIOS_POR_ATRASO", "additionalInfo": None, "rate": Decimal("0.0200")}
        ],
        "warranties": _warranties(debt),
        "installments": _instalments(debt, len(paid)),
        "payments": {
            "contractOutstandingBalance": wire.reais(_outstanding(debt, len(paid))),
            "releases": [_release(debt, loan_id, due) for due in reversed(paid[-_RELEASES_SHOWN:])],
        },
    }


def _yearly(monthly: float) -> Decimal:
    return Decimal(f"{(1 + monthly) ** 12 - 1:.4f}")


def _outstanding(debt: Debt, paid: int) -> int:
    """What a Price table still owes after some instalments, in cents."""
    rate, left = float(debt.monthly_rate), debt.months - paid
    if left <= 0:
        return 0
    return round(scenario.cents(debt.instalment) * (1 - (1 + rate) ** -left) / rate)


def _rate(debt: Debt) -> Json:
    return {
        "taxType": "EFFECTIVE",
        "interestRateType": "COMPOUND",
        "taxPeriodicity": "MONTHLY",
        "calculation": "21/252",
        "referentialRateIndexerType": "PRE_FIXADO",
        "referentialRateIndexerSubType": None,
        "referentialRateIndexerAdditionalInfo": None,
        "preFixedRate": Decimal(str(debt.monthly_rate)),
        "postFixedRate": None,
        "additionalInfo": None,
    }


def _fee() -> Json:
    return {
        "name": "TARIFA DE CADASTRO",
        "code": "CADASTRO",
        "chargeType": "UNIQUE",
        "charge": "FIXED",
        "amount": wire.reais(89_000),
        "rate": None,
    }


def _warranties(debt: Debt) -> list[Json]:
    if debt.warranty is None:
        return []
    value = wire.reais(scenario.cents(debt.warranty))
    return [{"currencyCode": "BRL", "type": "ALIENACAO_FIDUCIARIA", "subtype": "VEICULOS", "amount": value}]


def _instalments(debt: Debt, paid: int) -> Json:
    return {
        "typeNumberOfInstallments": "MONTH",
        "totalNumberOfInstallments": debt.months,
        "typeContractRemaining": "MONTH",
        "contractRemainingNumber": debt.months - paid,
        "paidInstallments": paid,
        "dueInstallments": debt.months - paid,
        "pastDueInstallments": 0,
        "balloonPayments": [],
    }


def _release(debt: Debt, loan_id: str, due: date) -> Json:
    return {
        "isOverParcelPayment": False,
        "installmentId": wire.made_id(loan_id, due),
        "paidDate": wire.bare(due),
        "currencyCode": "BRL",
        "paidAmount": wire.reais(scenario.cents(debt.instalment)),
        "overParcel": {"fees": [], "charges": []},
    }
