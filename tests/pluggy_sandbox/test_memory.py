"""What a simulator still knows after the program has ended and started again."""

import asyncio
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pluggy_sandbox import memory
from pluggy_sandbox.clock import Clock
from pluggy_sandbox.connecting import Wish
from pluggy_sandbox.portfolio.ledger import Row
from pluggy_sandbox.webhooks import Webhook
from pluggy_sandbox.world import World

NOON = datetime(2026, 5, 4, 15, tzinfo=UTC)
GOOD = {"user": "user-ok", "password": "password-ok"}
ITAU = 201


def world(**options: int) -> World:
    return World(clock=Clock(NOON, frozen=True), **options)


def connected(simulator: World, seconds: float = 60) -> str:
    item = simulator.create_item(ITAU, Wish(parameters=dict(GOOD)))
    asyncio.run(simulator.advance(seconds))
    return item.id


def rows_of(simulator: World, item_id: str) -> dict[str, list[Row]]:
    portfolio = simulator.get_item(item_id).portfolio
    assert portfolio is not None
    return {account: ledger.newest() for account, ledger in portfolio.ledgers.items()}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "simulator.memory"


class TestARestartedSimulator:
    def test_has_its_items_with_the_same_rows(self, file: Path) -> None:
        before = world()
        item_id = connected(before)
        memory.remember(before, file)
        after = world()
        assert memory.recall(after, file)
        assert after.get_item(item_id).to_json() == before.get_item(item_id).to_json()
        assert rows_of(after, item_id) == rows_of(before, item_id)

    def test_never_gives_an_id_twice(self, file: Path) -> None:
        before = world()
        first = connected(before)
        memory.remember(before, file)
        after = world()
        memory.recall(after, file)
        assert connected(after) != first

    def test_goes_on_from_the_time_it_had(self, file: Path) -> None:
        before = world()
        asyncio.run(before.advance(3600))
        memory.remember(before, file)
        after = world()
        memory.recall(after, file)
        assert after.now() == before.now()

    def test_refreshes_by_itself_when_it_was_going_to(self, file: Path) -> None:
        before = world()
        item_id = connected(before)
        memory.remember(before, file)
        after = world()
        memory.recall(after, file)
        asyncio.run(after.advance(25 * 3600))
        assert after.get_item(item_id).executions == 2

    def test_starts_an_interrupted_run_anew(self, file: Path) -> None:
        before = world()
        item_id = connected(before, seconds=0)
        memory.remember(before, file)
        after = world()
        memory.recall(after, file)
        asyncio.run(after.advance(60))
        assert after.get_item(item_id).status == "UPDATED"

    def test_still_tells_its_subscribers(self, file: Path) -> None:
        before = world()
        before.webhooks.add(Webhook("w", "all", "http://127.0.0.1:1/", NOON, NOON, {"x": "y"}))
        memory.remember(before, file)
        after = world()
        memory.recall(after, file)
        assert [webhook.headers for webhook in after.webhooks.all()] == [{"x": "y"}]


class TestTheFile:
    def test_is_closed_to_others(self, file: Path) -> None:
        memory.remember(world(), file)
        assert stat.S_IMODE(file.stat().st_mode) == 0o600

    def test_of_another_seed_is_left_alone(self, file: Path) -> None:
        memory.remember(world(seed=8), file)
        assert not memory.recall(world(seed=7), file)

    @pytest.mark.parametrize("content", [b"", b"nonsense", b"cposix\nnothing\n."])
    def test_that_cannot_be_read_is_the_same_as_none(self, file: Path, content: bytes) -> None:
        file.write_bytes(content)
        assert not memory.recall(world(), file)

    def test_that_does_not_exist_is_no_trouble(self, file: Path) -> None:
        assert not memory.recall(world(), file)

    def test_is_written_soon_after_something_happened(self, file: Path) -> None:
        simulator = world()

        async def live() -> bool:
            keeping = asyncio.create_task(memory.keep_remembering(simulator, file, every=0.01))
            await asyncio.sleep(0.05)
            written_too_early = file.exists()
            simulator.create_item(ITAU, Wish(parameters=dict(GOOD)))
            await asyncio.sleep(0.2)
            keeping.cancel()
            return written_too_early

        assert asyncio.run(live()) is False
        assert file.exists()
