"""From the vendor's accounts, consents, bills, investments and loans to our columns: pure."""

from datetime import datetime
from decimal import Decimal

import msgspec

from financehub.banking.cards import signs
from financehub.banking.importing import day_of
from financehub.core import crypto
from financehub.core.documents import digits, mask_documents
from financehub.core.money import to_cents
from financehub.providers.pluggy.shapes.accounts import (
    Account,
    AccountType,
    BankData,
    Bill,
    CreditData,
)
from financehub.providers.pluggy.shapes.identity import Identity
from financehub.providers.pluggy.shapes.investments import Investment, InvestmentTransaction
from financehub.providers.pluggy.shapes.items import Consent
from financehub.providers.pluggy.shapes.loans import Loan

Fields = dict[str, object]

TOTAL_LIMIT = "LIMITE_CREDITO_TOTAL"
NO_BANK_DATA = BankData()
NO_CREDIT_DATA = CreditData()


def account_fields(account: Account, *, at: datetime) -> Fields:
    """Columns of Account."""
    document = digits(account.tax_number or "")
    return {
        "type": account.type,
        "subtype": account.subtype,
        "name": mask_documents(account.name)[:120],
        "marketing_name": (account.marketing_name or "")[:120],
        "number": account.number or None,
        "number_last4": digits(account.number)[-4:],
        "number_index": crypto.blind_index(account.number, purpose="account-number")
        if account.number
        else "",
        "owner": account.owner,
        "document": document or None,
        "document_index": crypto.blind_index(document, purpose="document") if document else "",
        "currency": account.currency_code,
        "balance_at": account.updated_at or at,
        "vendor_updated_at": account.updated_at,
        **_bank_fields(account.bank_data or NO_BANK_DATA),
        **_credit_fields(account.credit_data or NO_CREDIT_DATA),
        "balance_cents": _balance(account),
    }


def _balance(account: Account) -> int:
    """Funds, or what is owed on a card as a positive debt."""
    cents, credit = to_cents(account.balance), account.credit_data
    if account.type != AccountType.CREDIT or credit is None:
        return cents
    limit, available = _cents(credit.credit_limit), _cents(credit.available_credit_limit)
    return signs.open_debt(cents, limit_cents=limit, available_cents=available)


def _bank_fields(bank: BankData) -> Fields:
    return {
        "closing_balance_cents": _cents(bank.closing_balance),
        "automatically_invested_cents": _cents(bank.automatically_invested_balance),
        "overdraft_limit_cents": _cents(bank.overdraft_contracted_limit),
        "overdraft_used_cents": _cents(bank.overdraft_used_limit),
    }


def _credit_fields(credit: CreditData) -> Fields:
    return {
        "credit_limit_cents": _cents(credit.credit_limit),
        "available_limit_cents": _cents(credit.available_credit_limit),
        "minimum_payment_cents": _cents(credit.minimum_payment),
        "close_date": day_of(credit.balance_close_date),
        "due_date": day_of(credit.balance_due_date),
        "brand": (credit.brand or "")[:32],
        "level": (credit.level or "")[:32],
        "holder_type": credit.holder_type or "",
        "card_status": credit.status or "",
        "limit_consolidation": _consolidation(credit),
        "additional_last4": [digits(card.number)[-4:] for card in credit.additional_cards or []],
    }


def _consolidation(credit: CreditData) -> str:
    """Of the total limit: whether it is this card's own or one that cards share."""
    lines = credit.disaggregated_credit_limits or []
    total = [line for line in lines if line.credit_line_limit_type == TOTAL_LIMIT] or lines
    return next((line.consolidation_type for line in total if line.consolidation_type), "")[:16]


def consent_fields(consent: Consent) -> Fields:
    """Columns of Consent."""
    return {
        "products": consent.products or [],
        "permissions": consent.open_finance_permissions_granted or [],
        "granted_at": consent.created_at,
        "expires_at": consent.expires_at,
        "revoked_at": consent.revoked_at,
    }


def bill_fields(bill: Bill) -> Fields:
    """Columns of CreditCardBill; charges and payments with amounts in cents."""
    return {
        "due_date": day_of(bill.due_date),
        "close_date": day_of(bill.bill_closing_date),
        "total_cents": to_cents(bill.total_amount),
        "minimum_cents": _cents(bill.minimum_payment_amount),
        "currency": bill.total_amount_currency_code,
        "allows_installments": bill.allows_installments,
        "finance_charges": [
            {"type": charge.type, "amount_cents": to_cents(charge.amount), "currency": charge.currency_code}
            for charge in bill.finance_charges or []
        ],
        "payments": [
            {
                "type": payment.value_type,
                "mode": payment.payment_mode,
                "date": _iso_day(payment.payment_date),
                "amount_cents": to_cents(payment.amount),
            }
            for payment in bill.payments or []
        ],
    }


def investment_fields(investment: Investment) -> Fields:
    """Columns of Investment."""
    return {
        "type": investment.type,
        "subtype": investment.subtype or "",
        "name": investment.name[:200],
        "code": investment.code or "",
        "issuer": (investment.issuer or "")[:200],
        "currency": investment.currency_code,
        "balance_cents": to_cents(investment.balance),
        "quantity": _plain(investment.quantity),
        "due_date": day_of(investment.due_date),
        "status": investment.status or "",
        "details": {
            "rate": _plain(investment.rate),
            "rateType": investment.rate_type or "",
            "amountProfit": _plain(investment.amount_profit),
            "amountOriginal": _plain(investment.amount_original),
            "taxes": _plain(investment.taxes),
        },
        "vendor_updated_at": investment.updated_at,
    }


def movement_fields(movement: InvestmentTransaction) -> Fields:
    """Columns of InvestmentTransaction."""
    return {
        "type": movement.type,
        "movement_type": movement.direction,
        "date": day_of(movement.date),
        "amount_cents": _cents(movement.amount),
        "quantity": _plain(movement.quantity),
        "description": mask_documents(movement.description or "")[:200],
    }


def loan_fields(loan: Loan) -> Fields:
    """Columns of Loan."""
    installments, payments = loan.installments, loan.payments
    return {
        "kind": loan.kind or "",
        "product_name": loan.product_name[:200],
        "contract_number": loan.contract_number,
        "currency": loan.currency_code,
        "contract_cents": _cents(loan.contract_amount),
        "outstanding_cents": _cents(payments.contract_outstanding_balance) if payments else None,
        "contract_date": day_of(loan.contract_date),
        "due_date": day_of(loan.due_date),
        "total_installments": _whole(installments.total_number_of_installments) if installments else None,
        "paid_installments": _whole(installments.paid_installments) if installments else None,
        "annual_cost": _plain(loan.cet),
    }


def identity_fields(identity: Identity) -> Fields:
    """Columns of Identity: everything the bank said, to be sealed."""
    return {"pluggy_id": identity.id, "content": msgspec.json.decode(identity.raw)}


def _cents(amount: Decimal | None) -> int | None:
    return None if amount is None else to_cents(amount)


def _plain(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:f}"


def _whole(number: Decimal | None) -> int | None:
    return None if number is None else int(number)


def _iso_day(moment: datetime | None) -> str | None:
    day = day_of(moment)
    return day.isoformat() if day else None
