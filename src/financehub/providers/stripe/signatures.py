"""Is this webhook delivery really Stripe's, and fresh? The scheme of the `Stripe-Signature` header."""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass

HEADER = "Stripe-Signature"
TOLERANCE_SECONDS = 300
LONGEST_TIME = 12  # digits; no second of ours has more


@dataclass(frozen=True)
class SignatureHeader:
    """`t` (the first one counts) and every `v1`; older schemes prove nothing and are dropped."""

    timestamp: int
    signatures: tuple[str, ...]


def parse(header: str | None) -> SignatureHeader | None:
    """The header's parts, or None when a part that counts is missing or garbage."""
    pairs = [part.partition("=")[::2] for part in (header or "").split(",")]
    times = [value for key, value in pairs if key == "t"]
    signatures = tuple(value for key, value in pairs if key == "v1")
    if not times or not signatures:
        return None
    first = times[0]
    if not (first.isascii() and first.isdecimal() and len(first) <= LONGEST_TIME):
        return None
    return SignatureHeader(int(first), signatures)


def proving_secret(body: bytes, header: str | None, secrets: Iterable[str]) -> str | None:
    """The one of our secrets that signed these raw bytes, or None. Blank secrets prove nothing."""
    parsed = parse(header)
    if parsed is None:
        return None
    payload = str(parsed.timestamp).encode() + b"." + body
    found = None
    for secret in secrets:
        if secret.strip() and _signs(secret, payload, parsed.signatures) and found is None:
            found = secret
    return found


def _signs(secret: str, payload: bytes, signatures: Iterable[str]) -> bool:
    """Compares with every signature in constant time."""
    expected = hmac.digest(secret.encode(), payload, hashlib.sha256).hex().encode()
    matches = [hmac.compare_digest(expected, given.encode()) for given in signatures]
    return any(matches)


def is_fresh(header: str | None, now: float, tolerance: float = TOLERANCE_SECONDS) -> bool:
    """Whether the signed time is at most `tolerance` seconds away from `now`, in either direction."""
    parsed = parse(header)
    return parsed is not None and abs(now - parsed.timestamp) <= tolerance


def sign(body: bytes, secret: str, timestamp: int) -> str:
    """The header that Stripe would send."""
    payload = str(timestamp).encode() + b"." + body
    return f"t={timestamp},v1={hmac.digest(secret.encode(), payload, hashlib.sha256).hex()}"
