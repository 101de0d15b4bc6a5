"""The public face of a simulated Pluggy, as pages use it."""

import asyncio

import pytest
from tests.pluggy_sandbox.box import CPF_OK, GOOD, Box

from pluggy_sandbox.connecting import Wish
from pluggy_sandbox.errors import Forbidden, NotFound
from pluggy_sandbox.world import World, default_secret

MONTH = 30 * 24 * 3600


def test_a_secret_is_made_from_the_seed() -> None:
    assert World(seed=3).state.client_secret == default_secret(3) != default_secret(4)


def test_connectors_know_the_address_of_their_logo() -> None:
    world = World(base_url="http://sandbox.example")
    assert world.find_connector(2)["imageUrl"] == "http://sandbox.example/assets/connectors/2.svg"


def test_connectors_are_listed_by_id_with_or_without_sandbox_ones() -> None:
    world = World()
    ids = [row["id"] for row in world.list_connectors()]
    assert ids == sorted(ids)
    assert len(world.list_connectors(include_sandbox=False)) < len(ids)


def test_a_session_belongs_to_a_connect_token(box: Box) -> None:
    session = box.world.open_session(box.connect_token(options={"clientUserId": "me"}))
    item = box.world.create_item(2, Wish(parameters=GOOD), session=session)
    assert (session.item_id, item.client_user_id) == (item.id, "me")
    with pytest.raises(Forbidden):
        box.world.open_session(box.api_key())


def test_the_bank_sends_the_person_back_with_the_item(box: Box) -> None:
    item = box.create(600, {"cpf": CPF_OK}, oauthRedirectUri="https://app.example/back?tab=1")
    assert box.world.return_url(item["id"]) == f"https://app.example/back?tab=1&itemId={item['id']}"
    other = box.create(600, {"cpf": CPF_OK})
    assert box.world.return_url(other["id"]) is None


def test_an_answer_that_was_not_asked_for_changes_nothing(box: Box) -> None:
    item = box.connected()
    assert not box.world.approve_user_action(item["id"])
    assert not box.world.reject_user_action(item["id"])
    assert not box.world.expire_wait(item["id"])
    assert box.item(item["id"])["status"] == "UPDATED"


def test_sandbox_items_vanish_after_thirty_idle_days_when_switched_on(box: Box) -> None:
    kept = box.connected()
    box.advance(MONTH)
    assert box.item(kept["id"])["status"] == "UPDATED"
    box.switch(sandboxPurge=True)
    box.advance(MONTH + 60)
    with pytest.raises(NotFound):
        box.world.get_item(kept["id"])


def test_the_same_seed_and_calls_make_the_same_world() -> None:
    def story() -> list:
        box = Box(seed=5)
        item = box.connected()
        rows = box.all_transactions(box.account(item["id"])["id"])
        box.close()
        return [item, rows]

    assert story() == story()


def test_a_reset_keeps_keys_and_address() -> None:
    world = World(seed=1, base_url="http://sandbox.example")
    key = world.tokens.issue_api_key(world.now(), "1")
    asyncio.run(world.reset(2))
    assert (world.state.seed, world.state.base_url) == (2, "http://sandbox.example")
    assert world.tokens.caller(key, world.now()).session is None
