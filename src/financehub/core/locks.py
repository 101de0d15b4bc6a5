"""Doing something alone, on any database: a lease row taken by a guarded write."""

import secrets
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import connection

from financehub.core import clock
from financehub.core.errors import TryLater
from financehub.core.models import Lease


class LockBusy(TryLater):
    """Somebody else is doing this right now."""

    code = "lock_busy"


def try_acquire(name: str, *, seconds: float) -> str | None:
    """Take the lease for `seconds`; the holder's token, or None when another holds it."""
    holder = secrets.token_hex(16)
    return holder if take_free([name], holder, seconds=seconds) else None


def take_free(names: Collection[str], holder: str, *, seconds: float) -> set[str]:
    """Take those of the leases that are nobody's, by one statement; their names."""
    if not names:
        return set()
    now, table = clock.now(), Lease._meta.db_table
    until, moment = (
        connection.ops.adapt_datetimefield_value(time) for time in (now + timedelta(seconds=seconds), now)
    )
    # In one order everywhere: two that want some of the same leases wait for each other, never in a circle.
    rows = [value for name in sorted(set(names)) for value in (name, holder, until)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (name, holder, expires_at) VALUES {', '.join(['(%s, %s, %s)'] * (len(rows) // 3))}"
            " ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at"
            f" WHERE {table}.expires_at <= %s RETURNING name",
            [*rows, moment],
        )
        return {name for (name,) in cursor.fetchall()}


def is_any_held(names: Collection[str]) -> bool:
    """Whether somebody holds one of the leases now."""
    return Lease.objects.filter(name__in=names, expires_at__gt=clock.now()).exists()


def release(name: str, holder: str) -> None:
    """Give the lease back; a lease that ran out and was taken by another stays theirs."""
    Lease.objects.filter(name=name, holder=holder).delete()


def acquire(name: str, *, seconds: float, wait: float) -> str:
    """Take the lease, waiting at most `wait` seconds for it; the holder's token. Raises LockBusy."""
    deadline = time.monotonic() + wait
    while (holder := try_acquire(name, seconds=seconds)) is None:
        if time.monotonic() >= deadline:
            raise LockBusy(f"{name} is busy")
        time.sleep(0.05)
    return holder


@contextmanager
def lease(name: str, *, seconds: float = 60, wait: float = 0) -> Iterator[None]:
    """Hold the lease for the block, waiting at most `wait` seconds for it. Raises LockBusy."""
    holder = acquire(name, seconds=seconds, wait=wait)
    try:
        yield
    finally:
        release(name, holder)


@contextmanager
def leases(names: Collection[str], *, seconds: float) -> Iterator[set[str]]:
    """Hold those of the leases that are free for the block, without waiting; their names."""
    holder = secrets.token_hex(16)
    taken = take_free(names, holder, seconds=seconds)
    try:
        yield taken
    finally:
        if taken:
            Lease.objects.filter(name__in=taken, holder=holder).delete()
