"""What a person does for a connection that waits: answer, refresh; and what the vendor refuses."""

import pytest
from tests.banking.stories import Bank, connect
from tests.builders import make_connector, make_item
from tests.simulator import Simulator

from financehub.audit.recording import Actor
from financehub.banking import answering, observing
from financehub.companies.models import Company

MFA_BANK = 5


@pytest.fixture
def asking_bank(simulator: Simulator, bakery: Company) -> Bank:
    """A bank that waits for a code."""
    return connect(simulator, bakery, connector_id=MFA_BANK)


def test_the_question_is_mirrored_with_its_deadline(asking_bank: Bank) -> None:
    item = asking_bank.item
    assert item.is_waiting_for_input
    assert item.parameter["name"] == "token"
    assert item.action_expires_at is not None


def test_the_right_answer_goes_on(asking_bank: Bank, by_ana: Actor) -> None:
    item = answering.answer_mfa(item=asking_bank.item, value="123456", by=by_ana)
    assert item.is_updating
    asking_bank.simulator.advance(10)
    item = observing.observe_item(item=item)
    assert (item.is_healthy, item.parameter) == (True, None)


def test_a_wrong_answer_ends_in_a_login_error(asking_bank: Bank, by_ana: Actor) -> None:
    answering.answer_mfa(item=asking_bank.item, value="000000", by=by_ana)
    asking_bank.simulator.advance(10)
    item = observing.observe_item(item=asking_bank.item)
    assert (item.needs_reconnect, item.error_code) == (True, "INVALID_CREDENTIALS_MFA")


def test_no_answer_times_out_and_forgets_the_question(asking_bank: Bank) -> None:
    asking_bank.simulator.control(f"/items/{asking_bank.vendor_id}/expire-mfa")
    item = observing.observe_item(item=asking_bank.item)
    assert (item.timed_out, item.parameter, item.action_expires_at, item.timeouts) == (True, None, None, 1)


def test_a_bank_that_asks_nothing_takes_no_answer(bank: Bank, by_ana: Actor) -> None:
    with pytest.raises(answering.NotAsked):
        answering.answer_mfa(item=bank.item, value="123456", by=by_ana)


def test_a_refresh_starts_a_new_execution(bank: Bank, by_ana: Actor) -> None:
    assert answering.refresh_item(item=bank.item, by=by_ana).is_updating
    assert answering.refresh_item(item=bank.item, by=by_ana).is_updating  # joins the running one


def test_meu_pluggy_is_never_asked_to_refresh(db: None, by_ana: Actor) -> None:
    item = make_item(connector=make_connector(id=200, name="MeuPluggy"))
    with pytest.raises(answering.CannotRefresh):
        answering.refresh_item(item=item, by=by_ana)
