"""Is this webhook delivery really Pluggy's? A shared secret header, or an HMAC of the body."""

import base64
import hashlib
import hmac
from collections.abc import Callable, Iterable, Mapping

ENCODINGS: Mapping[str, Callable[[bytes], str]] = {
    "hex": bytes.hex,
    "base64": lambda digest: base64.b64encode(digest).decode(),
}


def has_shared_secret(sent: str | None, secrets: Iterable[str]) -> bool:
    """Whether the header's value is one of ours (old and new while rotating). No secret set: no."""
    return _is_one_of(sent, [secret for secret in secrets if secret])


def has_signature(body: bytes, sent: str | None, secrets: Iterable[str], encoding: str = "hex") -> bool:
    """Whether the header's value is the HMAC-SHA256 of the raw body under one of ours.

    `encoding` is hex or base64; a prefix such as `sha256=` is allowed.
    """
    write = ENCODINGS[encoding]
    expected = [write(hmac.digest(secret.encode(), body, hashlib.sha256)) for secret in secrets if secret]
    value = None if sent is None else sent.strip().removeprefix("sha256=")
    return _is_one_of(value.lower() if value and encoding == "hex" else value, expected)


def _is_one_of(sent: str | None, candidates: list[str]) -> bool:
    """Compares with every candidate in constant time, so that timing tells neither which nor how much."""
    given = (sent or "").encode()
    matches = [hmac.compare_digest(given, candidate.encode()) for candidate in candidates]
    return any(matches)
