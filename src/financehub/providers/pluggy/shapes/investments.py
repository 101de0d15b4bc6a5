"""Investments and their movements."""

from decimal import Decimal

import msgspec

from financehub.providers.pluggy.shapes.base import Moment, Record, Shape


class Company(Shape, kw_only=True):
    name: str | None = None
    cnpj: str | None = None


class Institution(Shape, kw_only=True):
    name: str | None = None
    number: str | None = None


class InvestmentMetadata(Shape, kw_only=True):
    tax_regime: str | None = None
    proposal_number: str | None = None
    process_number: str | None = None
    fund_name: str | None = None
    insurer: Company | None = None
    anbima_class: str | None = None
    anbima_subclass: str | None = None
    anbima_category: str | None = None


class CouponPayment(Shape, kw_only=True):
    has_coupon: bool | None = None
    periodicity: str | None = None
    additional_info: str | None = None


class Investment(Record, kw_only=True):
    id: str
    item_id: str
    type: str
    name: str
    balance: Decimal
    currency_code: str = "BRL"
    date: Moment | None = None
    subtype: str | None = None
    number: str | None = None
    last_month_rate: Decimal | None = None
    last_twelve_months_rate: Decimal | None = None
    annual_rate: Decimal | None = None
    code: str | None = None
    isin: str | None = None
    value: Decimal | None = None
    quantity: Decimal | None = None
    amount: Decimal | None = None
    taxes: Decimal | None = None
    taxes2: Decimal | None = None
    owner: str | None = None
    amount_profit: Decimal | None = None
    amount_withdrawal: Decimal | None = None
    amount_original: Decimal | None = None
    metadata: InvestmentMetadata | None = None
    due_date: Moment | None = None
    issuer: str | None = None
    issuer_cnpj: str | None = msgspec.field(name="issuerCNPJ", default=None)
    issue_date: Moment | None = None
    purchase_date: Moment | None = None
    grace_period_date: Moment | None = None
    rate: Decimal | None = None
    rate_type: str | None = None
    fixed_annual_rate: Decimal | None = None
    tax_exempt: bool | None = None
    rate_periodicity: str | None = None
    indexer_additional_info: str | None = None
    price_factor: Decimal | None = None
    debtor: Company | None = None
    coupon_payment: CouponPayment | None = None
    status: str | None = None
    created_at: Moment | None = None
    updated_at: Moment | None = None
    institution: Institution | None = None


class InvestmentExpenses(Shape, kw_only=True):
    service_tax: Decimal | None = None
    brokerage_fee: Decimal | None = None
    income_tax: Decimal | None = None
    trading_assets_notice_fee: Decimal | None = None
    maintenance_fee: Decimal | None = None
    settlement_fee: Decimal | None = None
    clearing_fee: Decimal | None = None
    stock_exchange_fee: Decimal | None = None
    custody_fee: Decimal | None = None
    operating_fee: Decimal | None = None
    other: Decimal | None = None
    iof: Decimal | None = None
    iof_provision: Decimal | None = None


class InvestmentTransaction(Record, kw_only=True):
    """`amount` is null only for a TRANSFER."""

    id: str
    type: str
    date: Moment
    movement_type: str | None = None
    quantity: Decimal | None = None
    value: Decimal | None = None
    amount: Decimal | None = None
    agreed_rate: Decimal | None = None
    indexer_percentage: Decimal | None = None
    price_factor: Decimal | None = None
    trade_date: Moment | None = None
    expenses: InvestmentExpenses | None = None
    description: str | None = None
    net_amount: Decimal | None = None
    brokerage_number: str | None = None

    @property
    def direction(self) -> str:
        """CREDIT or DEBIT; Pluggy's default where the movement does not say."""
        return self.movement_type or ("CREDIT" if self.type == "BUY" else "DEBIT")
