"""The calendar of retries."""

from datetime import timedelta

from tests.pluggy_sandbox.box import NOON

from pluggy_sandbox.deliveries import Attempt, Delivery

NOW, LATER, MUCH_LATER = timedelta(0), timedelta(minutes=15), timedelta(hours=2)


def delivery(event: str = "item/updated") -> Delivery:
    return Delivery(id="1", url="http://x", payload={"event": event, "eventId": "e"}, created_at=NOON)


def waits(row: Delivery, status: int | None) -> list[timedelta | None]:
    """What the calendar says after each try, until it says no more."""
    found = []
    while not found or found[-1] is not None:
        found.append(row.after_attempt(Attempt(NOON, status, None, 1)))
    return found


def test_nine_tries_in_three_batches() -> None:
    row = delivery()
    assert waits(row, 500) == [NOW, NOW, LATER, NOW, NOW, MUCH_LATER, NOW, NOW, None]
    assert row.state == "GAVE_UP"


def test_a_login_is_only_told_three_times() -> None:
    assert waits(delivery("item/login_succeeded"), None) == [NOW, NOW, None]


def test_a_401_ends_it_at_once() -> None:
    row = delivery()
    assert waits(row, 401) == [None]
    assert row.state == "GAVE_UP"


def test_any_2xx_is_a_success() -> None:
    row = delivery()
    assert waits(row, 299) == [None]
    assert row.state == "DELIVERED"


def test_the_log_row_names_event_and_tries() -> None:
    row = delivery()
    row.after_attempt(Attempt(NOON, None, "ConnectError", 3))
    told = row.to_json()
    assert (told["event"], told["eventId"], told["state"]) == ("item/updated", "e", "PENDING")
    assert told["attempts"] == [
        {"at": "2026-11-25T12:00:00.000Z", "status": None, "error": "ConnectError", "milliseconds": 3}
    ]
