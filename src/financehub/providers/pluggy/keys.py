"""The API key: one for all processes, renewed by one of them before it ends."""

import base64
import binascii
import threading
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

import msgspec


@dataclass(frozen=True)
class StoredKey:
    """A key and the moment (seconds since the epoch) after which it must not be used."""

    key: str = field(repr=False)
    expires_at: float


class KeyStore(Protocol):
    """Where the key lives. A shared implementation keeps it encrypted."""

    def get(self) -> StoredKey | None:
        """The last key stored, expired or not."""

    def put(self, key: str, expires_at: float) -> None:
        """Replace the key for everybody."""

    def lock(self) -> AbstractContextManager[object]:
        """Held while one caller logs in: everybody else waits, then reads what it stored."""


class InMemoryKeyStore:
    """A key shared by the threads of one process."""

    def __init__(self) -> None:
        self._stored: StoredKey | None = None
        self._lock = threading.Lock()

    def get(self) -> StoredKey | None:
        return self._stored

    def put(self, key: str, expires_at: float) -> None:
        self._stored = StoredKey(key, expires_at)

    def lock(self) -> AbstractContextManager[object]:
        return self._lock


class _Claims(msgspec.Struct):
    exp: float | None = None


def token_end(token: str) -> float | None:
    """When a JWT says it ends, in seconds since the epoch; None when it does not say. Nothing is verified."""
    parts = token.split(".")
    if len(parts) != 3:
        return None
    try:
        payload = base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4))
        return msgspec.json.decode(payload, type=_Claims).exp
    except (binascii.Error, ValueError, msgspec.MsgspecError):
        return None
