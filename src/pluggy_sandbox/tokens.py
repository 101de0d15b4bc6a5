"""API keys and connect tokens: JWTs that the virtual clock expires."""

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

from pluggy_sandbox.errors import Forbidden
from pluggy_sandbox.shapes import Json, as_object

API_KEY_LIFE = timedelta(hours=2)
CONNECT_TOKEN_LIFE = timedelta(minutes=30)
RSA_BITS = 2048
KEPT_SESSIONS = 10_000


@dataclass
class Session:
    """What a connect token allows: options for new items, and the one item it may touch."""

    options: Json
    item_id: str | None = None
    updates_only: bool = False


@dataclass(frozen=True)
class Caller:
    """Who makes a request: the application itself, or the person inside a Connect session."""

    session: Session | None = None

    @property
    def triggered_by(self) -> str:
        return "USER" if self.session else "CLIENT"


@dataclass
class Tokens:
    """Issues and reads the two kinds of token of one application."""

    client_id: str
    client_secret: str
    _sessions: dict[str, Session] = field(default_factory=dict)
    _rsa: rsa.RSAPrivateKey | None = None
    _refused_before: datetime | None = None

    def issue_api_key(self, now: datetime, jti: str) -> str:
        """A JWT good for two hours."""
        claims = {"clientId": self.client_id, "jti": jti, **_life(now, API_KEY_LIFE)}
        signed = _signing_input("HS256", claims)
        return f"{signed}.{_b64(self._mac(signed))}"

    def issue_connect_token(self, now: datetime, session: Session, jti: str) -> str:
        """A JWT good for thirty minutes, bound to `session`."""
        self._sessions[jti] = session
        while len(self._sessions) > KEPT_SESSIONS:
            del self._sessions[next(iter(self._sessions))]
        sealed = _b64(
            msgspec.json.encode({"options": session.options, "itemId": session.item_id, "jti": jti})
        )
        signed = _signing_input(
            "RS256", {"clientId": self.client_id, "data": sealed, **_life(now, CONNECT_TOKEN_LIFE)}
        )
        signature = self._private_key().sign(signed.encode(), padding.PKCS1v15(), SHA256())
        return f"{signed}.{_b64(signature)}"

    def caller(self, token: str | None, now: datetime) -> Caller:
        """Who holds this token; raises Forbidden when it is absent, forged or stale."""
        signed, _, signature = (token or "").rpartition(".")
        try:
            header, claims = (as_object(msgspec.json.decode(_unb64(part))) for part in signed.split("."))
            is_api_key = header.get("alg") == "HS256"
            genuine = (self._is_mine if is_api_key else self._is_connect)(signed, _unb64(signature))
        except (ValueError, binascii.Error, msgspec.DecodeError):
            raise Forbidden from None
        if not genuine or not self._is_alive(claims, now):
            raise Forbidden
        return Caller() if is_api_key else Caller(self._session_of(claims))

    def refuse_all(self, now: datetime) -> None:
        """Every token issued until now is stale."""
        self._refused_before = now

    def _is_alive(self, claims: Json, now: datetime) -> bool:
        issued, expires = claims.get("iat"), claims.get("exp")
        if (
            not isinstance(issued, int)
            or not isinstance(expires, int)
            or claims.get("clientId") != self.client_id
        ):
            return False
        refused = self._refused_before
        return now.timestamp() < expires and (refused is None or issued >= int(refused.timestamp()) + 1)

    def _session_of(self, claims: Json) -> Session:
        sealed = as_object(msgspec.json.decode(_unb64(str(claims.get("data", "")))))
        session = self._sessions.get(str(sealed.get("jti")))
        if session is None:
            raise Forbidden
        return session

    def _mac(self, signed: str) -> bytes:
        return hmac.digest(self.client_secret.encode(), signed.encode(), hashlib.sha256)

    def _is_mine(self, signed: str, signature: bytes) -> bool:
        return hmac.compare_digest(self._mac(signed), signature)

    def _is_connect(self, signed: str, signature: bytes) -> bool:
        try:
            self._private_key().public_key().verify(signature, signed.encode(), padding.PKCS1v15(), SHA256())
        except InvalidSignature:
            return False
        return True

    def _private_key(self) -> rsa.RSAPrivateKey:
        if self._rsa is None:
            self._rsa = rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS)
        return self._rsa


def _life(now: datetime, life: timedelta) -> dict[str, int]:
    issued = int(now.timestamp())
    return {"iat": issued, "exp": issued + int(life.total_seconds())}


def _signing_input(algorithm: str, claims: Json) -> str:
    header = msgspec.json.encode({"alg": algorithm, "typ": "JWT"})
    return f"{_b64(header)}.{_b64(msgspec.json.encode(claims))}"


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
