"""Sending one message to one browser through whatever push service the browser named."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field

import http_ece
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec

from financehub.providers.outgoing.addresses import Network
from financehub.providers.outgoing.posting import Answer, NotReached, post
from financehub.providers.webpush.vapid import Vapid, unpadded

GONE = {404, 410}


class PushFailed(Exception):
    """A push did not get through; `reason` is a short word."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class PushGone(PushFailed):
    """The browser no longer takes messages from us: forget the subscription."""


class PushRefused(PushFailed):
    """The push service will not take this message, now or later."""


class PushUnavailable(PushFailed):
    """Try again, after `retry_after` seconds where the service named them."""

    def __init__(self, reason: str, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


@dataclass(frozen=True)
class Browser:
    """What `PushSubscription.toJSON()` gave us."""

    endpoint: str
    p256dh: str = field(repr=False)
    auth: str = field(repr=False)

    def is_usable(self) -> bool:
        """Whether its keys can be encrypted for."""
        try:
            point, secret = unpadded(self.p256dh), unpadded(self.auth)
            ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        except (ValueError, UnsupportedAlgorithm):
            return False
        return len(secret) == 16


@dataclass(frozen=True)
class Push:
    """One message: `ttl` seconds the service keeps it for a sleeping browser; a later one of a `topic` replaces it."""

    payload: bytes
    ttl: int
    urgency: str  # very-low, low, normal, high
    topic: str = ""


def send(browser: Browser, push: Push, *, vapid: Vapid, networks: Sequence[Network] = ()) -> None:
    """Encrypt and send. Raises PushGone, PushRefused, PushUnavailable."""
    headers = {
        "Authorization": vapid.authorization(browser.endpoint),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(push.ttl),
        "Urgency": push.urgency,
    }
    if push.topic:
        headers["Topic"] = push.topic
    try:
        answer = post(browser.endpoint, encrypt(browser, push.payload), headers, networks=networks)
    except NotReached as failure:
        if failure.reason == "forbidden_address":
            raise PushGone(failure.reason) from failure
        raise PushUnavailable(failure.reason) from failure
    _judge(answer)


def encrypt(browser: Browser, payload: bytes) -> bytes:
    """The payload for this browser's eyes only (RFC 8291); push services take 4096 bytes of it."""
    sealed: bytes = http_ece.encrypt(
        payload,
        salt=os.urandom(16),
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=unpadded(browser.p256dh),
        auth_secret=unpadded(browser.auth),
        version="aes128gcm",
    )
    return sealed


def _judge(answer: Answer) -> None:
    if answer.is_ok:
        return
    reason = f"http_{answer.status}"
    if answer.status in GONE:
        raise PushGone(reason)
    if answer.status == 429 or answer.status >= 500:
        raise PushUnavailable(reason, answer.retry_after)
    raise PushRefused(reason)
