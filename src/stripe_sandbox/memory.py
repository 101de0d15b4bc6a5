"""Remembers the whole account between runs in one JSON file, replaced whole so that it is never half written."""

import asyncio
from pathlib import Path

import msgspec

from stripe_sandbox.clock import Clock
from stripe_sandbox.shapes import Json
from stripe_sandbox.world import World

EVERY_SECONDS = 1.0


def remember(world: World, file: Path) -> None:
    """Write everything down."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.write_bytes(msgspec.json.encode(_told(world)))
    fresh.replace(file)


def _told(world: World) -> Json:
    return {
        "base_url": world.settings.base_url,
        "now": world.now(),
        "objects": list(world.store.everything()),
        "notes": world.store.notes(),
        "agenda": [[one.moment, one.job, one.subject, one.clock] for one in sorted(world.agenda.entries())],
        "answers": world.answers,
        "outcomes": world.outcomes,
        "switches": world.switches,
    }


def recall(world: World, file: Path) -> None:
    """Bring back what was written, if anything was; pages keep working when the program's address has changed."""
    if not file.exists():
        return
    raw = file.read_bytes()
    old = str(msgspec.json.decode(raw)["base_url"])
    told = msgspec.json.decode(raw.replace(old.encode(), world.settings.base_url.encode()), type=Json)
    world.clock.move_to(told["now"])
    for document in told["objects"]:
        world.store.add(document)
    for object_id, note in told["notes"].items():
        world.store.note(object_id).update(note)
    for moment, job, subject, clock in told["agenda"]:
        world.agenda.at(moment, job, subject, clock)
    world.answers, world.outcomes = told["answers"], told["outcomes"]
    world.switches = world.switches.changed(told["switches"])
    world.ids.skip(f"{told['now']}:{len(told['objects'])}")
    _relink(world)


def _relink(world: World) -> None:
    """Objects that are inside others are the same objects again."""
    for clock in world.store.rows("test_helpers.test_clock"):
        world.clocks[clock["id"]] = Clock(clock["frozen_time"], frozen=True)
    for item in world.store.rows("subscription_item"):
        item["price"] = world.store.find("price", item["price"]["id"]) or item["price"]
    for subscription in world.store.rows("subscription"):
        rows = subscription["items"]["data"]
        rows[:] = [world.store.find("subscription_item", row["id"]) or row for row in rows]


async def keep_remembering(world: World, file: Path) -> None:
    """Write again whenever something happened."""
    last: tuple[int, int, int] | None = None
    while True:
        now = (
            len(world.requests),
            world.store.counts().get("event", 0),
            world.now() if world.clock.frozen else 0,
        )
        if now != last:
            remember(world, file)
            last = now
        await asyncio.sleep(EVERY_SECONDS)
