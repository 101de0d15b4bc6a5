"""Every kind of customer at banks of every kind: signs, bills and plans hold wherever the rows come from."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from tests.banking.stories import Bank, connect, sync
from tests.simulator import Simulator, start

from financehub.audit.recording import SYSTEM
from financehub.banking import connecting
from financehub.banking import reports as banking
from financehub.banking.cards import reports
from financehub.banking.cards.checking import Cause
from financehub.banking.cards.paying import BillState
from financehub.banking.cards.reports import CardStatement
from financehub.banking.cards.rows import Kind
from financehub.banking.models import Transaction
from financehub.companies.models import Company
from financehub.providers.pluggy.shapes.items import NewItem

SANDBOX, BUSINESS, JOINT, ITAU, NUBANK, INTER = 2, 10, 11, 201, 206, 207
ITAU_OPEN, BRASIL_OPEN, NUBANK_OPEN = 601, 604, 612
CUSTOMERS = [
    (SANDBOX, "user-ok"),
    (BUSINESS, "user-ok"),
    (JOINT, "user-ok"),
    (ITAU, "user-ok"),
    (NUBANK, "user-ok-two-checking-accounts"),
    (INTER, "user-ok"),
]
CPF = "76109277673"


def by_open_finance(simulator: Simulator, company: Company, connector: int) -> Bank:
    """Authorised at the bank and collected."""
    wanted = NewItem(
        connector_id=connector, parameters={"cpf": CPF}, client_user_id=str(company.vendor_alias)
    )
    made = simulator.client().create_item(wanted)
    simulator.advance(1)
    simulator.control(f"/items/{made.id}/approve")
    simulator.advance(10)
    snapshot = simulator.client().fetch_item(made.id)
    return Bank(simulator, connecting.link(company=company, user=None, snapshot=snapshot, by=SYSTEM))


def statements(bank: Bank) -> list[CardStatement]:
    accounts = banking.open_accounts(bank.company)
    return reports.report(bank.company, accounts).cards


def holds(card: CardStatement) -> None:
    """What must be true of any card."""
    covered = [sheet for sheet in card.sheets if sheet.cycle.opens >= (card.account.read_from or date.max)]
    assert [sheet.month for sheet in covered if sheet.check.difference_cents] == []
    explained = {one.cause for sheet in card.sheets for one in sheet.check.explanations}
    assert explained <= {Cause.NOT_COVERED}
    assert card.open.so_far is not None
    assert card.open.so_far.difference_cents == 0
    settled = {BillState.PAID, BillState.CLOSED, BillState.OVERDUE}
    assert {sheet.state for sheet in card.closed} <= settled
    for sheet in card.sheets:
        kinds = {(one.row.kind, one.row.cents > 0) for one in sheet.rows if one.row.cents}
        assert kinds <= {(Kind.PURCHASE, False), (Kind.CHARGE, False), (Kind.REFUND, True)}
        assert all(payment.cents > 0 for payment in sheet.payments)


@pytest.mark.parametrize(("connector", "user"), CUSTOMERS)
def test_a_customer_of_a_direct_connector(
    simulator: Simulator, bakery: Company, connector: int, user: str
) -> None:
    bank = connect(simulator, bakery, user, connector)
    assert sync(bank).status == "SUCCEEDED"
    cards = statements(bank)
    assert cards
    for card in cards:
        holds(card)


@pytest.mark.parametrize("connector", [ITAU_OPEN, BRASIL_OPEN, NUBANK_OPEN])
def test_a_customer_of_open_finance(simulator: Simulator, bakery: Company, connector: int) -> None:
    bank = by_open_finance(simulator, bakery, connector)
    assert sync(bank).status == "SUCCEEDED"
    (card,) = statements(bank)
    holds(card)
    assert card.account.limit_consolidation == "CONSOLIDADO"


@pytest.fixture
def later_on(settings: Any) -> Iterator[Simulator]:
    """A simulator of its own: its clock only moves forward, and other tests need the present."""
    process, own = start()
    settings.PLUGGY_BASE_URL = settings.PLUGGY_CONNECT_URL = own.url
    settings.PLUGGY_CLIENT_ID, settings.PLUGGY_CLIENT_SECRET = own.client_id, own.client_secret
    settings.SYNC_START_GAP_SECONDS = 0
    yield own
    process.terminate()
    process.wait(timeout=10)


def test_a_card_goes_on_adding_up_as_bills_close(later_on: Simulator, bakery: Company) -> None:
    bank = connect(later_on, bakery)
    assert sync(bank).status == "SUCCEEDED"
    before = statements(bank)[0].open
    later_on.advance(40 * 86_400)
    bank.collect()
    assert sync(bank, full=True).status == "SUCCEEDED"
    (card,) = statements(bank)
    assert card.sheet_of(before.month).cycle.bill is not None
    assert card.sheet_of(before.month).check.difference_cents == 0


@pytest.mark.parametrize(
    "kinds",
    [
        ("amount", "description", "twin"),
        ("rekey", "redate", "post"),
        ("late", "backdated", "delete", "split"),
        ("post_rekeyed", "unpost", "rekey", "delete"),
    ],
    ids="-".join,
)
def test_whatever_a_bank_does_to_rows_no_difference_is_silent_and_no_row_is_lost(
    simulator: Simulator, bakery: Company, kinds: tuple[str, ...]
) -> None:
    bank = connect(simulator, bakery)
    sync(bank)
    card = bank.account("CREDIT")
    for kind in kinds:
        bank.mutate(kind, card)
    assert sync(bank, full=True).status == "SUCCEEDED"
    (found,) = statements(bank)
    for sheet in found.sheets:
        assert bool(sheet.check.difference_cents) == bool(sheet.check.explanations)
    full = [
        reports.statement(bakery, card, month=sheet.month).sheet_of(sheet.month) for sheet in found.sheets
    ]
    assert [sheet.total_cents for sheet in full] == [sheet.total_cents for sheet in found.sheets]
    assert [sheet.row_count for sheet in full] == [sheet.row_count for sheet in found.sheets]
    shown = [one.row.id for sheet in full for one in [*sheet.rows, *sheet.repeated]]
    paying = [
        key for sheet in found.sheets for one in sheet.payments + sheet.anticipated for key in one.row_ids
    ]
    visible = (
        Transaction.objects.of(bakery).visible().filter(account=card, date__gte=found.sheets[0].cycle.opens)
    )
    shown += [one.row.id for sheet in found.sheets for one in sheet.unconfirmed]
    assert sorted([*shown, *paying]) == sorted(visible.values_list("pk", flat=True))
