"""Loans. Words stay open: live answers mix English and Portuguese."""

from decimal import Decimal

import msgspec

from financehub.providers.pluggy.shapes.base import Moment, Record, Shape, Text


class InterestRate(Shape, kw_only=True):
    tax_type: str | None = None
    interest_rate_type: str | None = None
    tax_periodicity: str | None = None
    calculation: str | None = None
    referential_rate_indexer_type: str | None = None
    referential_rate_indexer_sub_type: str | None = None
    referential_rate_indexer_additional_info: str | None = None
    pre_fixed_rate: Decimal | None = None
    post_fixed_rate: Decimal | None = None
    additional_info: str | None = None


class ContractedFee(Shape, kw_only=True):
    name: str | None = None
    code: str | None = None
    charge_type: str | None = None
    charge: str | None = None
    amount: Decimal | None = None
    rate: Decimal | None = None


class FinanceCharge(Shape, kw_only=True):
    """Live answers say `chargeRate` where the schema says `rate`: read `any_rate`."""

    type: str | None = None
    additional_info: str | None = None
    charge_additional_info: str | None = None
    rate: Decimal | None = None
    charge_rate: Decimal | None = None

    @property
    def any_rate(self) -> Decimal | None:
        return self.charge_rate if self.rate is None else self.rate


class Warranty(Shape, kw_only=True):
    currency_code: str | None = None
    type: str | None = None
    subtype: str | None = None
    amount: Decimal | None = None


class BalloonAmount(Shape, kw_only=True):
    value: Decimal | None = None
    currency_code: str | None = None


class BalloonPayment(Shape, kw_only=True):
    due_date: Moment | None = None
    amount: BalloonAmount | None = None


class Installments(Shape, kw_only=True):
    type_number_of_installments: str | None = None
    total_number_of_installments: Decimal | None = None
    type_contract_remaining: str | None = None
    contract_remaining_number: Decimal | None = None
    paid_installments: Decimal | None = None
    due_installments: Decimal | None = None
    past_due_installments: Decimal | None = None
    balloon_payments: list[BalloonPayment] | None = None


class OverParcelFee(Shape, kw_only=True):
    name: str | None = None
    code: str | None = None
    amount: Decimal | None = None


class OverParcelCharge(Shape, kw_only=True):
    type: str | None = None
    additional_info: str | None = None
    amount: Decimal | None = None


class OverParcel(Shape, kw_only=True):
    fees: list[OverParcelFee] | None = None
    charges: list[OverParcelCharge] | None = None


class LoanRelease(Shape, kw_only=True):
    is_over_parcel_payment: bool | None = None
    installment_id: str | None = None
    paid_date: Moment | None = None
    currency_code: str | None = None
    paid_amount: Decimal | None = None
    over_parcel: OverParcel | None = None


class LoanPayments(Shape, kw_only=True):
    contract_outstanding_balance: Decimal | None = None
    releases: list[LoanRelease] | None = None


class Loan(Record, kw_only=True):
    id: str
    item_id: str
    product_name: Text = ""
    kind: str | None = None
    type: str | None = None
    currency_code: str = "BRL"
    contract_number: str | None = None
    ipoc_code: str | None = None
    date: Moment | None = None
    contract_date: Moment | None = None
    disbursement_dates: list[Moment] | None = None
    settlement_date: Moment | None = None
    contract_amount: Decimal | None = None
    due_date: Moment | None = None
    installment_periodicity: str | None = None
    installment_periodicity_additional_info: str | None = None
    first_installment_due_date: Moment | None = None
    cet: Decimal | None = msgspec.field(name="CET", default=None)
    amortization_scheduled: str | None = None
    amortization_scheduled_additional_info: str | None = None
    cnpj_consignee: str | None = None
    interest_rates: list[InterestRate] | None = None
    contracted_fees: list[ContractedFee] | None = None
    contracted_finance_charges: list[FinanceCharge] | None = None
    warranties: list[Warranty] | None = None
    installments: Installments | None = None
    payments: LoanPayments | None = None
