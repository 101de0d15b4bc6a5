"""Which way money moved, as each type of account writes it: one table, and the few rules that read it.

`type` decides. Only where it is a word we do not know does the sign of the amount, which a card writes the other
way round than a bank account: there a purchase is positive, a payment or refund negative.
"""

from decimal import Decimal

from financehub.banking.models.accounts import AccountType
from financehub.providers.pluggy.shapes.transactions import TransactionType

LEAVES, ENTERS = TransactionType.DEBIT.value, TransactionType.CREDIT.value

# account type -> (what a positive amount does, what a negative one does)
MEANING_OF_SIGN = {
    AccountType.BANK.value: (ENTERS, LEAVES),
    AccountType.CREDIT.value: (LEAVES, ENTERS),
}
# the vendor's word -> ours; the same for every type of account
MEANING_OF_TYPE = {LEAVES: LEAVES, ENTERS: ENTERS}


def direction(kind: str, amount: Decimal, account_type: str) -> str:
    """DEBIT when money leaves the person, CREDIT when it comes; an unknown word of nothing is a CREDIT."""
    known = MEANING_OF_TYPE.get(kind)
    if known is not None:
        return known
    positive, negative = MEANING_OF_SIGN.get(account_type, MEANING_OF_SIGN["BANK"])
    if not amount:
        return ENTERS
    return positive if amount > 0 else negative


def signed(cents: int, towards: str) -> int:
    """The magnitude with the person's sign: out is negative, in is positive, on every type of account."""
    return -abs(cents) if towards == LEAVES else abs(cents)


def open_debt(balance_cents: int, *, limit_cents: int | None, available_cents: int | None) -> int:
    """What is owed on a card, positive. A few banks write it negative; then it equals the used limit exactly."""
    if balance_cents >= 0 or limit_cents is None or available_cents is None:
        return balance_cents
    return -balance_cents if -balance_cents == limit_cents - available_cents else balance_cents
