"""Doing something alone, on any database: a lease row taken by a guarded write."""

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import IntegrityError, transaction

from financehub.core import clock
from financehub.core.errors import TryLater
from financehub.core.models import Lease


class LockBusy(TryLater):
    """Somebody else is doing this right now."""

    code = "lock_busy"


def try_acquire(name: str, *, seconds: float) -> str | None:
    """Take the lease for `seconds`; the holder's token, or None when another holds it."""
    holder, now = secrets.token_hex(16), clock.now()
    expires_at = now + timedelta(seconds=seconds)
    if Lease.objects.filter(name=name, expires_at__lte=now).update(holder=holder, expires_at=expires_at):
        return holder
    try:
        with transaction.atomic():
            Lease.objects.create(name=name, holder=holder, expires_at=expires_at)
    except IntegrityError:
        return None
    return holder


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
