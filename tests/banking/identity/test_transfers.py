"""When money out and money in are one movement."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.banking.identity.clue_making import DAY, key

from financehub.banking.identity.transfers import ENOUGH, Side, judge

SENT = Side(
    key=key("sent"),
    account_id=key("checking"),
    is_card=False,
    amount_cents=-10000,
    currency="BRL",
    day=DAY,
    text="PIX ENVIADO",
    owner="ana",
)
RECEIVED = replace(
    SENT, key=key("received"), account_id=key("savings"), amount_cents=10000, text="PIX RECEBIDO"
)
BILL = replace(RECEIVED, account_id=key("card"), is_card=True, text="PAGAMENTO RECEBIDO")


def test_the_amount_alone_proves_nothing() -> None:
    verdict = judge(SENT, RECEIVED)
    assert verdict is not None
    assert verdict.score < ENOUGH


@pytest.mark.parametrize(
    "other",
    [
        replace(RECEIVED, account_id=SENT.account_id),
        replace(RECEIVED, amount_cents=9999),
        replace(RECEIVED, currency="USD"),
        replace(RECEIVED, day=DAY + timedelta(days=4)),
    ],
)
def test_what_cannot_be_is_no_transfer(other: Side) -> None:
    assert judge(replace(SENT, other_owner="ana"), other) is None


def test_documents_of_both_ends_are_enough() -> None:
    verdict = judge(replace(SENT, other_owner="ana"), replace(RECEIVED, other_owner="ana"))
    assert verdict is not None
    assert verdict.score >= ENOUGH
    assert verdict.reasons == ("receiver_is_owner", "payer_is_owner", "same_day")


def test_one_payment_reference_on_both_ends_is_enough() -> None:
    verdict = judge(replace(SENT, reference="E1" * 9), replace(RECEIVED, reference="E1" * 9))
    assert verdict is not None
    assert verdict.reasons[0] == "payment_reference"
    assert verdict.score >= ENOUGH


def test_a_bill_payment_needs_words_on_both_ends_or_the_bills_total() -> None:
    paying = replace(SENT, text="PAGTO FATURA CARTAO")
    both, alone = judge(paying, BILL), judge(SENT, BILL)
    assert both is not None
    assert alone is not None
    assert (both.is_bill, both.score >= ENOUGH, alone.score >= ENOUGH) == (True, True, False)
    total = judge(
        SENT, replace(BILL, bill_totals=frozenset({10000}), item_id=key("i"), category_id="05100000")
    )
    assert total is not None
    assert "bill_total" in total.reasons


def test_money_into_a_card_without_bill_words_is_a_refund() -> None:
    verdict = judge(SENT, replace(BILL, text="ESTORNO LOJA"))
    assert verdict is not None
    assert verdict.score < ENOUGH
