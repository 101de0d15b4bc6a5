"""Encryption at rest with a rotatable key ring, and keyed blind indexes for equality.

A ring is `id:base64key,id:base64key`; the first entry encrypts, every entry decrypts, the last one keys blind
indexes (so that rotation by adding in front keeps them valid). An entry `index:base64key` seals and opens nothing:
it keys the blind indexes in place of a key that has left the ring. A sealed value is: version byte, four bytes of
key id, twelve bytes of nonce, ciphertext with tag.
"""

import base64
import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

VERSION = b"\x01"
KEY_ID_BYTES = 4
NONCE_BYTES = 12
HEADER_BYTES = 1 + KEY_ID_BYTES + NONCE_BYTES
INDEX_ENTRY = "index"


class Undecipherable(Exception):
    """The value was sealed with a key that is not in the ring, or is damaged."""


@dataclass(frozen=True)
class KeyRing:
    """The keys in use; `ciphers` by their four-byte id, in the order of the setting."""

    ciphers: dict[bytes, AESGCM]
    prefix: bytes
    index_key: bytes

    @classmethod
    def parse(cls, text: str) -> "KeyRing":
        """Read `id:base64key,...`; raises ValueError for anything else."""
        entries = [entry.strip().partition(":") for entry in text.split(",") if entry.strip()]
        decoded = [(name, base64.urlsafe_b64decode(encoded)) for name, _, encoded in entries]
        if any(len(key) != 32 for _, key in decoded):
            raise ValueError("FINANCEHUB_KEYS needs keys of 32 bytes, base64, as id:key")
        keys = {_key_id(name): key for name, key in decoded if name != INDEX_ENTRY}
        if not keys:
            raise ValueError("FINANCEHUB_KEYS is empty")
        last = hmac.new(list(keys.values())[-1], b"blind-index", hashlib.sha256).digest()
        index_key = next((key for name, key in decoded if name == INDEX_ENTRY), last)
        ciphers = {name: AESGCM(key) for name, key in keys.items()}
        return cls(ciphers, VERSION + next(iter(keys)), index_key)

    @property
    def prefixes(self) -> list[bytes]:
        """How values begin that this ring can open, those of the active key first."""
        return [VERSION + name for name in self.ciphers]

    @property
    def index_entry(self) -> str:
        """The entry that keeps the blind indexes as they are when the last key leaves the ring."""
        return f"{INDEX_ENTRY}:{base64.urlsafe_b64encode(self.index_key).decode()}"

    def seal(self, plain: bytes) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return self.prefix + nonce + self.ciphers[self.prefix[1:]].encrypt(nonce, plain, None)

    def blind_index(self, value: str, *, purpose: str) -> str:
        """A keyed, stable digest, equal only within one purpose."""
        return hmac.digest(self.index_key, f"{purpose}\x00{value}".encode(), "sha256").hex()

    def open(self, sealed: bytes) -> bytes:
        """The plain bytes. Raises Undecipherable."""
        cipher = self.ciphers.get(sealed[1 : 1 + KEY_ID_BYTES])
        if sealed[:1] != VERSION or cipher is None or len(sealed) <= HEADER_BYTES:
            raise Undecipherable("sealed with an unknown key")
        nonce = sealed[1 + KEY_ID_BYTES : HEADER_BYTES]
        try:
            return cipher.decrypt(nonce, sealed[HEADER_BYTES:], None)
        except InvalidTag as damaged:
            raise Undecipherable("the sealed value is damaged") from damaged


def _key_id(name: str) -> bytes:
    return hashlib.sha256(name.encode()).digest()[:KEY_ID_BYTES]


@lru_cache(maxsize=8)
def _ring_of(text: str) -> KeyRing:
    return KeyRing.parse(text)


def ring() -> KeyRing:
    """The ring of this installation."""
    return _ring_of(settings.FINANCEHUB_KEYS)


def seal(plain: bytes) -> bytes:
    """Encrypt with the active key."""
    return ring().seal(plain)


def unseal(sealed: bytes) -> bytes:
    """Decrypt with whichever key sealed it. Raises Undecipherable."""
    return ring().open(bytes(sealed))


def blind_index(value: str, *, purpose: str) -> str:
    """A keyed, stable digest for looking an encrypted value up; equal only within one purpose."""
    return ring().blind_index(value, purpose=purpose)


def new_key() -> str:
    """A fresh 32-byte key, base64, for FINANCEHUB_KEYS."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
