"""Cards: bills and what they add up to, parcelas to come, and limits that count once."""

from collections.abc import Sequence
from datetime import date
from typing import Self
from uuid import UUID

from ninja import Router

from financehub.api import lookups
from financehub.api.addresses import OurId, at
from financehub.api.auth import AuthedRequest, allowed
from financehub.api.routers.transactions import TransactionOut
from financehub.api.shapes import In, Out
from financehub.banking import overflow
from financehub.banking.cards import moving, reports
from financehub.banking.cards.bills import BillSheet, PlacedRow
from financehub.banking.cards.card_rows import month_named
from financehub.banking.cards.checking import TotalCheck
from financehub.banking.cards.installments import Committed, Plan
from financehub.banking.cards.limits import SharedLimit
from financehub.banking.cards.paying import Paid
from financehub.banking.cards.reports import CardStatement
from financehub.companies.permissions import Permission
from financehub.core.errors import Invalid, NotFound

router = Router(tags=["cards"])
READ = allowed(Permission.READ)
WRITE = allowed(Permission.WRITE)


class ExplanationOut(Out):
    """One cause that explains the whole difference, and the rows that show it."""

    cause: str
    cents: int
    transactions: list[UUID]


class CheckOut(Out):
    """`expectedCents` = carried + purchases + charges - refunds; `statedCents` is the bank's own total."""

    stated_cents: int | None
    carried_cents: int | None
    purchases_cents: int
    charges_cents: int
    refunds_cents: int
    expected_cents: int
    difference_cents: int
    explanations: list[ExplanationOut]

    @classmethod
    def of(cls, check: TotalCheck) -> Self:
        return cls(
            stated_cents=check.stated_cents,
            carried_cents=check.carried_cents,
            purchases_cents=check.purchases_cents,
            charges_cents=check.charges_cents,
            refunds_cents=check.refunds_cents,
            expected_cents=check.expected_cents,
            difference_cents=check.difference_cents,
            explanations=[
                ExplanationOut(cause=one.cause, cents=one.cents, transactions=list(one.row_ids))
                for one in check.explanations
            ],
        )


class PaymentOut(Out):
    """A payment, counted once; `source` says who tells of it: row, bill, both or next_bill."""

    day: date | None
    cents: int
    source: str
    transactions: list[UUID]


class ChargeOut(Out):
    """A finance charge by the vendor's name."""

    type: str
    cents: int


class BillOut(Out):
    """One bill; cents are debts, positive is to be paid. `month` is its due month, YYYY-MM, and its name here.

    `scheduledCents` is the part of `totalCents` dated after today; `forecastCents` comes on top of both.
    """

    month: str
    bill_id: str | None
    state: str
    opens: date
    closes: date
    due: date
    total_cents: int
    scheduled_cents: int
    minimum_cents: int | None
    paid_cents: int
    left_cents: int
    forecast_cents: int
    check: CheckOut
    payments: list[PaymentOut]
    anticipated: list[PaymentOut]
    charges: list[ChargeOut]

    @classmethod
    def of(cls, sheet: BillSheet, card: CardStatement) -> Self:
        return cls(**_bill_fields(sheet, card))  # type: ignore[arg-type]  # same names as the fields


class PlacedOut(Out):
    """A row of a bill; `rule` says why it is there: person, bill, forecast or cycle."""

    id: UUID
    day: date
    cents: int
    description: str
    kind: str
    rule: str
    is_pending: bool
    card_last4: str

    @classmethod
    def of(cls, placed: PlacedRow) -> Self:
        row = placed.row
        return cls(
            id=row.id,
            day=row.day,
            cents=row.cents,
            description=row.description,
            kind=row.kind,
            rule=placed.rule,
            is_pending=row.is_pending,
            card_last4=row.last4,
        )


class FullBillOut(BillOut):
    """A bill with its rows; `repeated` rows say the previous bill's debt again and are added nowhere.

    `pendingPayments` pay nothing until the bank books them. Rows beyond the plan are in the sums and not listed yet.
    """

    rows: list[PlacedOut]
    repeated: list[PlacedOut]
    pending_payments: list[PlacedOut]


class LimitOut(Out):
    """A credit limit; several cards may draw on it, and it counts once."""

    currency: str
    limit_cents: int
    used_cents: int | None
    available_cents: int | None
    cards: list[UUID]
    why: str

    @classmethod
    def of(cls, limit: SharedLimit) -> Self:
        return cls(
            currency=limit.currency,
            limit_cents=limit.limit_cents,
            used_cents=limit.used_cents,
            available_cents=limit.available_cents,
            cards=list(limit.account_ids),
            why=limit.why,
        )


class CommittedOut(Out):
    """What parcelas already take of a month: rows that are here, and forecasts."""

    month: str
    here_cents: int
    forecast_cents: int

    @classmethod
    def of(cls, one: Committed) -> Self:
        return cls(month=_named(one.month), here_cents=one.here_cents, forecast_cents=one.forecast_cents)


class CardSummaryOut(Out):
    """One card and its open bill. `id` is ours, `accountId` is Pluggy's."""

    id: UUID
    account_id: UUID | None
    name: str
    number_last4: str
    additional_last4: list[str]
    currency: str
    open_bill: BillOut
    waiting_cents: int

    @classmethod
    def of(cls, card: CardStatement) -> Self:
        account = card.account
        return cls(
            id=account.pk,
            account_id=account.pluggy_id,
            name=account.name,
            number_last4=account.number_last4,
            additional_last4=account.additional_last4,
            currency=account.currency,
            open_bill=BillOut.of(card.open, card),
            waiting_cents=sum(sheet.left_cents for sheet in card.waiting),
        )


class CardsOut(Out):
    """All cards, each limit once, and what parcelas already take of the coming months over all cards."""

    cards: list[CardSummaryOut]
    limits: list[LimitOut]
    committed: list[CommittedOut]


class BillsOut(Out):
    """A card's bills, newest first."""

    results: list[BillOut]


class ParcelOut(Out):
    """Number n of N. `state`: here (a transaction), forecast (never in a sum of rows) or not_seen."""

    number: int
    month: str
    cents: int
    state: str
    transaction: UUID | None


class PlanOut(Out):
    """A purchase in parcelas, all of them."""

    id: UUID
    description: str
    card_last4: str
    purchase_day: date | None
    count: int
    total_cents: int
    left_cents: int
    is_cancelled: bool
    parcels: list[ParcelOut]

    @classmethod
    def of(cls, plan: Plan, open_month: date) -> Self:
        return cls(
            id=plan.key,
            description=plan.description,
            card_last4=plan.last4,
            purchase_day=plan.purchase_day,
            count=plan.count,
            total_cents=plan.total_cents,
            left_cents=plan.left_cents(open_month),
            is_cancelled=plan.is_cancelled,
            parcels=[
                ParcelOut(
                    number=one.number,
                    month=_named(one.month),
                    cents=one.cents,
                    state=one.state,
                    transaction=one.row_id,
                )
                for one in plan.parcels
            ],
        )


class PlansOut(Out):
    """A card's purchases in parcelas, the latest first."""

    results: list[PlanOut]


class BillOfRowIn(In):
    """The due month of the bill a row belongs to, YYYY-MM; null lets the bank decide again."""

    month: str | None = None


def _named(month: date) -> str:
    return f"{month:%Y-%m}"


def _bill_fields(sheet: BillSheet, card: CardStatement) -> dict[str, object]:
    bill = sheet.cycle.bill
    return {
        "month": _named(sheet.month),
        "bill_id": bill.pluggy_id if bill else None,
        "state": sheet.state,
        "opens": sheet.cycle.opens,
        "closes": sheet.cycle.closes,
        "due": sheet.cycle.due,
        "total_cents": sheet.total_cents,
        "scheduled_cents": sheet.scheduled_cents,
        "minimum_cents": bill.minimum_cents if bill else None,
        "paid_cents": sheet.paid_cents,
        "left_cents": sheet.left_cents,
        "forecast_cents": card.forecast_cents(sheet.month),
        "check": CheckOut.of(sheet.so_far or sheet.check),
        "payments": _payments(sheet.payments),
        "anticipated": _payments(sheet.anticipated),
        "charges": [ChargeOut(type=one.type, cents=one.cents) for one in sheet.charges],
    }


def _payments(paid: list[Paid]) -> list[PaymentOut]:
    return [
        PaymentOut(day=one.day, cents=one.cents, source=one.source, transactions=list(one.row_ids))
        for one in paid
    ]


def _card(request: AuthedRequest, key: UUID) -> CardStatement:
    return reports.statement(request.auth.company, lookups.account(request, key))


@at(router, "GET", "/banking/cards/", operation_id="list_cards", auth=READ, response=CardsOut)
def list_cards(request: AuthedRequest) -> CardsOut:
    """Every card with its open bill."""
    found = reports.report(request.auth.company, lookups.accounts(request).order_by("name", "id"))
    return CardsOut(
        cards=[CardSummaryOut.of(card) for card in found.cards],
        limits=[LimitOut.of(limit) for limit in found.limits],
        committed=[CommittedOut.of(one) for one in found.committed],
    )


@at(router, "GET", "/banking/cards/{id}/bills/", operation_id="list_bills", auth=READ, response=BillsOut)
def list_bills(request: AuthedRequest, key: OurId) -> BillsOut:
    """Future, open and closed bills of one card."""
    card = _card(request, key)
    return BillsOut(results=[BillOut.of(sheet, card) for sheet in reversed(card.sheets)])


@at(
    router,
    "GET",
    "/banking/cards/{id}/bills/{month}/",
    operation_id="get_bill",
    auth=READ,
    response=FullBillOut,
)
def get_bill(request: AuthedRequest, key: OurId, month: str) -> FullBillOut:
    """One bill, by its due month, with its rows."""
    wanted = month_named(month)
    if wanted is None:
        raise NotFound("There is no such bill.")
    card = reports.statement(request.auth.company, lookups.account(request, key), month=wanted)
    sheet = card.sheet_of(wanted)
    return FullBillOut(
        **_bill_fields(sheet, card),  # type: ignore[arg-type]  # same names as the fields
        rows=_shown(request, sheet.rows),
        repeated=_shown(request, sheet.repeated),
        pending_payments=_shown(request, sheet.unconfirmed),
    )


def _shown(request: AuthedRequest, placed: Sequence[PlacedRow]) -> list[PlacedOut]:
    hidden = overflow.hidden_among(request.auth.company, [one.row.id for one in placed])
    return [PlacedOut.of(one) for one in placed if one.row.id not in hidden]


@at(router, "GET", "/banking/cards/{id}/plans/", operation_id="list_plans", auth=READ, response=PlansOut)
def list_plans(request: AuthedRequest, key: OurId) -> PlansOut:
    """The card's purchases in parcelas."""
    card = _card(request, key)
    return PlansOut(results=[PlanOut.of(plan, card.open.month) for plan in card.plans])


@at(
    router,
    "POST",
    "/banking/transactions/{id}/bill/",
    operation_id="move_to_bill",
    auth=WRITE,
    response=TransactionOut,
)
def move_to_bill(request: AuthedRequest, key: OurId, payload: BillOfRowIn) -> TransactionOut:
    """Put a card's row on another bill; no sync undoes it, and null does."""
    row = lookups.transaction(request, key)
    month = month_named(payload.month)
    if payload.month and month is None:
        raise Invalid("not a month", field="month")
    return TransactionOut.of(moving.move(row=row, month=month, by=request.auth.actor))
