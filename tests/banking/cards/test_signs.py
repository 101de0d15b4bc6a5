"""Which way money moved, for every type of account and every way a bank writes it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financehub.banking.cards import signs

BANK, CARD = "BANK", "CREDIT"

# bank, account, what the bank sent (amount, type) -> what it means for the person
GOLDEN = [
    ("Open Finance: purchase", CARD, "59.90", "DEBIT", -5990),
    ("Open Finance: bill payment", CARD, "-1250.00", "CREDIT", 125000),
    ("Open Finance: refund", CARD, "-59.90", "CREDIT", 5990),
    ("Open Finance: cashback", CARD, "-3.21", "CREDIT", 321),
    ("Open Finance: annual fee", CARD, "42.00", "DEBIT", -4200),
    ("Open Finance: IOF of a purchase abroad", CARD, "7.58", "DEBIT", -758),
    ("Open Finance: card payment written as a magnitude", CARD, "1250.00", "CREDIT", 125000),
    ("Open Finance: PIX sent", BANK, "-100.00", "DEBIT", -10000),
    ("Open Finance: PIX received", BANK, "100.00", "CREDIT", 10000),
    ("Open Finance: debit written as a magnitude", BANK, "100.00", "DEBIT", -10000),
    ("Open Finance: credit written negative", BANK, "-100.00", "CREDIT", 10000),
    ("direct connector: purchase", CARD, "12.34", "DEBIT", -1234),
    ("direct connector: purchase written negative", CARD, "-12.34", "DEBIT", -1234),
    ("direct connector: salary", BANK, "5300.00", "CREDIT", 530000),
    ("unknown word: purchase", CARD, "12.34", "COMPRA", -1234),
    ("unknown word: refund", CARD, "-12.34", "COMPRA", 1234),
    ("unknown word: withdrawal", BANK, "-50.00", "SAQUE", -5000),
    ("unknown word: deposit", BANK, "50.00", "DEPOSITO", 5000),
    ("unknown word on an unknown account", "WALLET", "-50.00", "SAQUE", -5000),
    ("nothing", BANK, "0", "SAQUE", 0),
]


@pytest.mark.parametrize(
    ("name", "account", "amount", "kind", "cents"), GOLDEN, ids=[one[0] for one in GOLDEN]
)
def test_every_bank_means_the_same(name: str, account: str, amount: str, kind: str, cents: int) -> None:
    number = Decimal(amount)
    towards = signs.direction(kind, number, account)
    assert signs.signed(int(number * 100), towards) == cents


@given(st.decimals("-1e6", "1e6", places=2), st.sampled_from([BANK, CARD, "OTHER"]))
def test_a_known_type_never_looks_at_the_sign(amount: Decimal, account: str) -> None:
    assert signs.direction("DEBIT", amount, account) == "DEBIT"
    assert signs.direction("CREDIT", amount, account) == "CREDIT"


@given(st.integers(-(10**12), 10**12))
def test_a_direction_and_its_magnitude_are_the_amount(cents: int) -> None:
    assert signs.signed(cents, "DEBIT") == -abs(cents)
    assert signs.signed(cents, "CREDIT") == abs(cents)


@pytest.mark.parametrize(
    ("balance", "limit", "available", "debt"),
    [
        (50310, 100000, 49690, 50310),
        (-50310, 100000, 49690, 50310),  # this bank writes debt negative: it is the used limit
        (-5000, 100000, 49690, -5000),  # overpaid, while parcelas use the limit
        (-5000, None, None, -5000),
        (0, 100000, 100000, 0),
    ],
)
def test_a_debt_is_positive_whichever_way_it_is_written(
    balance: int, limit: int | None, available: int | None, debt: int
) -> None:
    assert signs.open_debt(balance, limit_cents=limit, available_cents=available) == debt
