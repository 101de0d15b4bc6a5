"""A browser and its push service, played on the loopback: real HTTP, real decryption by the browser's keys."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import http_ece
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from tests.receiver import Received, Receiver, receiving

from financehub.providers.webpush.vapid import padless


@dataclass
class PlayedBrowser:
    """Keys as a browser makes them, and the service it was given."""

    receiver: Receiver
    name: str = "one"
    auth: bytes = b"0123456789abcdef"
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    @property
    def subscription(self) -> dict[str, object]:
        """What `PushSubscription.toJSON()` says."""
        point = self.key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        keys = {"p256dh": padless(point), "auth": padless(self.auth)}
        return {"endpoint": f"{self.receiver.url}/push/{self.name}", "expirationTime": None, "keys": keys}

    def reads(self, request: Received) -> bytes:
        """The plain text of a message for this browser."""
        text: bytes = http_ece.decrypt(
            request.body, private_key=self.key, auth_secret=self.auth, version="aes128gcm"
        )
        return text


@contextmanager
def push_service() -> Iterator[Receiver]:
    """A push service that accepts everything (201) until told else."""
    with receiving() as receiver:
        receiver.always = 201
        yield receiver
