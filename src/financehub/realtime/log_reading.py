"""Reading the database from the event loop: a few threads, each with its own connection."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar
from uuid import UUID

from django.db import DatabaseError, InterfaceError, close_old_connections

from financehub.companies import tickets
from financehub.core import events
from financehub.core.models import Event

READERS = ThreadPoolExecutor(max_workers=4, thread_name_prefix="log-reader")
PAGE = 200

Answer = TypeVar("Answer")


async def in_thread(work: Callable[[], Answer]) -> Answer:
    """Run a blocking call on a reader."""
    return await asyncio.get_running_loop().run_in_executor(READERS, partial(_with_live_connection, work))


def _with_live_connection(work: Callable[[], Answer]) -> Answer:
    close_old_connections()
    try:
        return work()
    finally:
        close_old_connections()


async def events_after(company_id: UUID, number: int) -> list[Event]:
    """The next page of a company's log."""
    return await in_thread(partial(events.after, company_id, number, limit=PAGE))


async def last_number(company_id: UUID) -> int:
    """Where a company's log ends."""
    return await in_thread(partial(events.last_number, company_id))


async def redeem(ticket: str) -> UUID | None:
    """The company a ticket opens, once."""
    return await in_thread(partial(tickets.redeem, ticket))


async def is_reachable() -> bool:
    """Whether the log can be read."""
    try:
        await last_number(UUID(int=0))
    except (DatabaseError, InterfaceError):
        return False
    return True
