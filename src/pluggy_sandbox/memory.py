"""What a simulator keeps between two runs of the program: connections, subscriptions and dice, in a private file."""

import asyncio
import os
import pickle
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pluggy_sandbox.consents import Consent
from pluggy_sandbox.ids import Ids
from pluggy_sandbox.items import Item
from pluggy_sandbox.shapes import Json
from pluggy_sandbox.webhooks import Webhook
from pluggy_sandbox.world import World

LOOK_EVERY = 2.0  # seconds between two looks for something new
SHARE = 50  # at most one part in so many of the time goes into writing


@dataclass(frozen=True)
class Memory:
    """A world as it lies on disk; what can be made again from the seed is not here."""

    seed: int
    client_id: str
    now: datetime
    ids: Ids
    items: dict[str, Item]
    consents: dict[str, Consent]
    category_rules: dict[str, Json]
    webhooks: list[Webhook]


def remember(world: World, file: Path) -> None:
    """Write the world down, replacing the file in one step; only its owner may read it."""
    state = world.state
    memory = Memory(
        seed=state.seed,
        client_id=state.client_id,
        now=state.now(),
        ids=state.ids,
        items=state.items,
        consents=state.consents,
        category_rules=state.category_rules,
        webhooks=world.webhooks.all(),
    )
    draft = file.with_name(f"{file.name}.new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        pickle.dump(memory, out, protocol=pickle.HIGHEST_PROTOCOL)
    draft.replace(file)


def recall(world: World, file: Path) -> bool:
    """Take up what the file remembers of this seed and client; False when there is nothing of them."""
    if not file.exists():
        return False
    memory = _read(file)
    state = world.state
    if memory is None or (memory.seed, memory.client_id) != (state.seed, state.client_id):
        return False
    state.clock.move_to(memory.now)
    state.ids = memory.ids
    state.items.update(memory.items)
    state.consents.update(memory.consents)
    state.category_rules.update(memory.category_rules)
    for webhook in memory.webhooks:
        world.webhooks.add(webhook)
    world.resume()
    return True


def _read(file: Path) -> Memory | None:
    """The file's content; None for one that another version of this program wrote."""
    try:
        memory = pickle.loads(file.read_bytes())  # noqa: S301 - our own file, readable by its owner only
    except (pickle.UnpicklingError, AttributeError, ImportError, EOFError, TypeError, IndexError):
        return None
    return memory if isinstance(memory, Memory) else None


async def keep_remembering(world: World, file: Path, *, every: float = LOOK_EVERY) -> None:
    """Write whenever something happened; every happening draws an id, so the dice tell."""
    known, pause = world.state.ids.position(), every
    while True:
        await asyncio.sleep(pause)
        if (position := world.state.ids.position()) != known:
            started = time.monotonic()
            remember(world, file)
            known, pause = position, max(every, SHARE * (time.monotonic() - started))
