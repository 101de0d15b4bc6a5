"""An item in memory and in JSON."""

from tests.pluggy_sandbox.box import NOON

from pluggy_sandbox.items import Item


def item(**more) -> Item:
    connector = {"id": 601, "isOpenFinance": True, "isSandbox": False}
    return Item(
        id="1", connector=connector, parameters={}, products=[], created_at=NOON, updated_at=NOON, **more
    )


def test_a_new_item_is_running_and_open_finance() -> None:
    new = item()
    assert (new.is_running, new.is_waiting, new.is_open_finance, new.is_sandbox) == (True, False, True, False)
    assert new.connector_id == 601


def test_what_only_the_simulator_remembers_stays_out_of_the_json() -> None:
    shown = item(last_token="123456", consent_id="c").to_json()
    assert not {"parameters", "portfolio", "lastToken", "consentId", "hidesData"} & set(shown)
    assert shown["createdAt"] == "2026-11-25T12:00:00.000Z"
    assert shown["lastUpdatedAt"] is None


def test_a_revoked_item_hides_its_portfolio() -> None:
    assert item(hides_data=True, portfolio=object()).visible_portfolio is None
