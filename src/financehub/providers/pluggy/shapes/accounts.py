"""Accounts, balances, statements and card bills."""

from decimal import Decimal
from enum import StrEnum

from financehub.providers.pluggy.shapes.base import Moment, Record, Shape, Text


class AccountType(StrEnum):
    BANK = "BANK"
    CREDIT = "CREDIT"


class AccountSubtype(StrEnum):
    CHECKING_ACCOUNT = "CHECKING_ACCOUNT"
    SAVINGS_ACCOUNT = "SAVINGS_ACCOUNT"
    CREDIT_CARD = "CREDIT_CARD"


class Remuneration(Shape, kw_only=True):
    pre_fixed_rate: Decimal | None = None
    post_fixed_indexer_percentage: Decimal | None = None
    rate_type: str | None = None
    indexer: str | None = None
    calculation: str | None = None
    rate_periodicity: str | None = None
    indexer_additional_info: str | None = None


class ReservedAmount(Shape, kw_only=True):
    amount: Decimal
    currency_code: str = "BRL"
    remuneration: Remuneration | None = None


class ReservedBalance(Shape, kw_only=True):
    """Money set aside inside the account. Pluggy spells the list in two ways: read `all_amounts`."""

    identification: Text = ""
    name: str | None = None
    available_amounts: list[ReservedAmount] | None = None
    amounts: list[ReservedAmount] | None = None

    @property
    def all_amounts(self) -> list[ReservedAmount]:
        return self.available_amounts or self.amounts or []


class BankData(Shape, kw_only=True):
    transfer_number: str | None = None
    closing_balance: Decimal | None = None
    automatically_invested_balance: Decimal | None = None
    overdraft_contracted_limit: Decimal | None = None
    overdraft_used_limit: Decimal | None = None
    unarranged_overdraft_amount: Decimal | None = None
    has_reserved_balance: bool | None = None
    reserved_balances: list[ReservedBalance] | None = None


class CreditLimit(Shape, kw_only=True):
    credit_line_limit_type: str | None = None
    consolidation_type: str | None = None
    identification_number: str | None = None
    is_limit_flexible: bool | None = None
    used_amount: Decimal | None = None
    used_amount_currency_code: str | None = None
    line_name: str | None = None
    line_name_additional_info: str | None = None
    limit_amount: Decimal | None = None
    limit_amount_currency_code: str | None = None
    limit_amount_reason: str | None = None
    customized_limit_amount: Decimal | None = None
    customized_limit_amount_currency_code: str | None = None
    available_amount: Decimal | None = None
    available_amount_currency_code: str | None = None


class AdditionalCard(Shape, kw_only=True):
    number: Text = ""


class CreditData(Shape, kw_only=True):
    level: str | None = None
    brand: str | None = None
    brand_additional_info: str | None = None
    balance_close_date: Moment | None = None
    balance_due_date: Moment | None = None
    available_credit_limit: Decimal | None = None
    balance_foreign_currency: Decimal | None = None
    minimum_payment: Decimal | None = None
    credit_limit: Decimal | None = None
    is_limit_flexible: bool | None = None
    status: str | None = None
    holder_type: str | None = None
    disaggregated_credit_limits: list[CreditLimit] | None = None
    additional_cards: list[AdditionalCard] | None = None


class Account(Record, kw_only=True):
    """`balance` of a card is its open bill, of a bank account its available funds."""

    id: str
    item_id: str
    type: str
    balance: Decimal
    subtype: Text = ""
    number: Text = ""
    name: Text = ""
    currency_code: str = "BRL"
    marketing_name: str | None = None
    tax_number: str | None = None
    owner: str | None = None
    bank_data: BankData | None = None
    credit_data: CreditData | None = None
    created_at: Moment | None = None
    updated_at: Moment | None = None


class AccountBalance(Record, kw_only=True):
    """A live answer of the institution; reading it spends the Open Finance quota."""

    balance: Decimal
    currency_code: str = "BRL"
    blocked_balance: Decimal | None = None
    automatically_invested_balance: Decimal | None = None
    closing_balance: Decimal | None = None
    update_date_time: Moment | None = None


class AccountStatement(Record, kw_only=True):
    """`month_year` is MM-YYYY; `url` is signed and lives 30 minutes."""

    id: str
    month_year: Text = ""
    url: Text = ""


class BillCharge(Shape, kw_only=True):
    id: Text = ""
    type: Text = ""
    amount: Decimal
    currency_code: str = "BRL"
    additional_info: str | None = None


class BillPayment(Shape, kw_only=True):
    id: Text = ""
    value_type: Text = ""
    payment_date: Moment | None = None
    payment_mode: str | None = None
    amount: Decimal
    currency_code: str = "BRL"


class Bill(Record, kw_only=True):
    """A card bill holds no lines: Transactions name it in `credit_card_metadata.bill_id`."""

    id: str
    due_date: Moment
    total_amount: Decimal
    total_amount_currency_code: str = "BRL"
    account_id: str | None = None
    bill_closing_date: Moment | None = None
    minimum_payment_amount: Decimal | None = None
    allows_installments: bool | None = None
    finance_charges: list[BillCharge] | None = None
    payments: list[BillPayment] | None = None
