"""The tables of one simulated Pluggy."""

import pytest
from tests.pluggy_sandbox.box import NOON

from pluggy_sandbox.clock import Clock
from pluggy_sandbox.errors import NotFound
from pluggy_sandbox.state import State


@pytest.fixture
def state() -> State:
    return State(7, Clock(NOON, frozen=True), "client", "secret")


def test_an_action_waits_for_its_delay(state: State) -> None:
    fired = []
    timer = state.after(5, lambda: fired.append(1))
    assert (timer.due - NOON).total_seconds() == 5
    assert fired == []


def test_unknown_ids_are_not_found(state: State) -> None:
    with pytest.raises(NotFound, match="item not found"):
        state.item("x")
    with pytest.raises(NotFound, match="connector not found"):
        state.connector(1)
