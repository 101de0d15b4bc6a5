"""The tables of banking, one file per noun."""

from financehub.banking.models.accounts import Account, AccountType
from financehub.banking.models.balances import BalanceAdjustment, BalanceObservation, GapReport
from financehub.banking.models.bills import CreditCardBill
from financehub.banking.models.connecting import ConnectAttempt, ParkedItem
from financehub.banking.models.connectors import Connector
from financehub.banking.models.credit import Loan
from financehub.banking.models.findings import MonthFinding
from financehub.banking.models.identity import Identity
from financehub.banking.models.investments import Investment, InvestmentTransaction
from financehub.banking.models.items import Consent, Item
from financehub.banking.models.lineage import FormerAccountId, FormerId, TransactionChange
from financehub.banking.models.merges import AccountMerge, MergedRow
from financehub.banking.models.pairs import TransferPair
from financehub.banking.models.quotas import QuotaSpending
from financehub.banking.models.renewals import ConsentRenewal
from financehub.banking.models.reviews import Rejection, ReviewCase, ReviewRow
from financehub.banking.models.search import SearchedRow
from financehub.banking.models.syncs import RawPage, Sync, SyncAccount
from financehub.banking.models.transactions import Transaction

__all__ = [
    "Account",
    "AccountMerge",
    "AccountType",
    "BalanceAdjustment",
    "BalanceObservation",
    "ConnectAttempt",
    "Connector",
    "Consent",
    "ConsentRenewal",
    "CreditCardBill",
    "FormerAccountId",
    "FormerId",
    "GapReport",
    "Identity",
    "Investment",
    "InvestmentTransaction",
    "Item",
    "Loan",
    "MergedRow",
    "MonthFinding",
    "ParkedItem",
    "QuotaSpending",
    "RawPage",
    "Rejection",
    "ReviewCase",
    "ReviewRow",
    "SearchedRow",
    "Sync",
    "SyncAccount",
    "Transaction",
    "TransactionChange",
    "TransferPair",
]
