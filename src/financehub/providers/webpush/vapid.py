"""VAPID (RFC 8292): the key pair that says to a push service who sends, and the token it signs."""

import base64
import json
import time
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

VALID_SECONDS = 12 * 3600  # the standard allows 24 hours at most
KEY_BYTES = 32


class BadKey(ValueError):
    """The text is no private key of this kind."""


@dataclass(frozen=True)
class Vapid:
    """Our private key (32 bytes, base64url) and how a push service reaches us: `mailto:` or `https:`."""

    private_key: str
    subject: str

    @cached_property
    def _key(self) -> ec.EllipticCurvePrivateKey:
        try:
            number = int.from_bytes(unpadded(self.private_key))
            return ec.derive_private_key(number, ec.SECP256R1())
        except ValueError as problem:
            raise BadKey("a VAPID key is 32 bytes in base64url") from problem

    @cached_property
    def public_key(self) -> str:
        """What the browser is given as `applicationServerKey`: the uncompressed point, base64url."""
        point = self._key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return padless(point)

    def authorization(self, endpoint: str, *, at: float | None = None) -> str:
        """The Authorization header for the push service behind `endpoint`."""
        parts = urlsplit(endpoint)
        expires = int((at if at is not None else time.time()) + VALID_SECONDS)
        claims: dict[str, str | int] = {
            "aud": f"{parts.scheme}://{parts.netloc}",
            "exp": expires,
            "sub": self.subject,
        }
        return f"vapid t={self._token(claims)}, k={self.public_key}"

    def _token(self, claims: dict[str, str | int]) -> str:
        head = padless(json.dumps({"typ": "JWT", "alg": "ES256"}).encode())
        signed = f"{head}.{padless(json.dumps(claims).encode())}"
        r, s = decode_dss_signature(self._key.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
        return f"{signed}.{padless(r.to_bytes(KEY_BYTES) + s.to_bytes(KEY_BYTES))}"


def new_private_key() -> str:
    """A fresh key for the setting."""
    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return padless(number.to_bytes(KEY_BYTES))


def padless(raw: bytes) -> str:
    """base64url without padding, as the push standards write it."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unpadded(text: str) -> bytes:
    """The bytes of base64url with or without padding. Raises ValueError."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
