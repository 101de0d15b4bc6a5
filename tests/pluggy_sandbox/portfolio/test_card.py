"""A card by hand: parcelas, the bill they fall on, payment, lateness."""

from datetime import UTC, date, datetime
from decimal import Decimal

from pluggy_sandbox.portfolio.card import bill_json, keep_card, parcelled
from pluggy_sandbox.portfolio.movements import Movement, Span
from pluggy_sandbox.portfolio.scenario import AccountPlan, Flow

SPAN = Span("s", date(2026, 1, 1), datetime(2026, 3, 20, 15, tzinfo=UTC), date(2026, 5, 19), "bare")
PLAN = AccountPlan(type="CREDIT", subtype="CREDIT_CARD", name="Card", closing_day=3, due_day=10)


def bought(day: date, cents: int) -> Movement:
    return Movement(f"{day}-{cents}", day, f"{day}T00:00:00.000Z", -cents, "Loja", "LOJA", "08000000")


def test_purchases_fall_on_the_bill_that_closes_next() -> None:
    moves = [bought(date(2026, 1, 2), 100), bought(date(2026, 1, 3), 200), bought(date(2026, 2, 2), 400)]
    statement = keep_card(PLAN, moves, SPAN, "card")
    assert [(cycle.closing, cycle.total) for cycle in statement.closed] == [
        (date(2026, 1, 3), 100),
        (date(2026, 2, 3), 600),
        (date(2026, 3, 3), 0),
    ]
    assert statement.debt == 0
    assert [(day, cents) for day, cents, _ in statement.payments] == [
        (date(2026, 1, 12), 100),
        (date(2026, 2, 10), 600),
    ]


def test_the_open_bill_is_pending_and_forecast() -> None:
    statement = keep_card(PLAN, [bought(date(2026, 3, 15), 5_000)], SPAN, "card")
    row = statement.rows[0]
    assert (row.pending, row.bill, row.forecast) == (True, None, "2026-04")
    assert (statement.debt, statement.open.due) == (5_000, date(2026, 4, 10))


def test_parcelas_are_a_month_apart_and_the_first_takes_the_rest() -> None:
    flow = Flow(name="f", account="c", day=1, amount=1, instalments=[3, 3])
    parts = list(parcelled(flow, [bought(date(2026, 1, 31), 1_000)], SPAN))
    assert [(part.day, part.cents) for part in parts] == [
        (date(2026, 1, 31), -334),
        (date(2026, 2, 28), -333),
        (date(2026, 3, 31), -333),
    ]
    assert [part.raw for part in parts] == ["LOJA 01/03", "LOJA 02/03", "LOJA 03/03"]
    statement = keep_card(PLAN, parts, SPAN, "card")
    last = next(row for row in statement.rows if row.instalment and row.instalment[0] == 3)
    assert (last.pending, last.forecast) == (True, "2026-04")
    assert statement.debt == 0


def test_a_late_payment_costs_fee_interest_and_iof_on_the_next_bill() -> None:
    late = AccountPlan(
        type="CREDIT", subtype="CREDIT_CARD", name="Card", closing_day=3, due_day=10, late_chance=1
    )
    statement = keep_card(late, [bought(date(2026, 1, 2), 100_000)], SPAN, "card")
    first, second = statement.closed[0], statement.closed[1]
    assert first.paid_on is not None
    assert first.paid_on > date(2026, 1, 12)
    assert dict(first.charges)["LATE_PAYMENT_FEE"] == 2_000
    assert second.total == sum(cents for _, cents in first.charges)
    bill = bill_json(second, first, "card")
    assert sum(charge["amount"] for charge in bill["financeCharges"]) == bill["totalAmount"]
    assert bill_json(first, None, "card")["payments"][0]["amount"] == Decimal("1000.00")
