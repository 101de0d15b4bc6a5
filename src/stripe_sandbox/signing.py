"""Signs deliveries as the vendor does, and gets it wrong in every way a receiver must notice."""

import hmac
import time

import msgspec

from stripe_sandbox.shapes import Json

STALE_SECONDS, FUTURE_SECONDS = 86_400, 86_400
HUGE_BYTES = 2_000_000


def signed(body: bytes, secrets: list[str], moment: int | None = None) -> str:
    """`t=...,v1=...`: one signature for each active secret. The moment is real time: receivers check it."""
    stamp = int(time.time()) if moment is None else moment
    signatures = [f"v1={_hmac(secret, stamp, body)}" for secret in secrets]
    return ",".join([f"t={stamp}", *signatures])


def _hmac(secret: str, stamp: int, body: bytes) -> str:
    return hmac.new(secret.encode(), f"{stamp}.".encode() + body, "sha256").hexdigest()


def distorted(kind: str, event: Json, secrets: list[str]) -> tuple[bytes, str]:
    """(body, signature header) of a delivery that is wrong in the named way."""
    body = _distorted_body(kind, event)
    now = int(time.time())
    if kind == "bad_signature":
        return body, signed(body, ["whsec_of_somebody_else"])
    if kind in ("stale", "future"):
        return body, signed(body, secrets, now - STALE_SECONDS if kind == "stale" else now + FUTURE_SECONDS)
    if kind == "double_signed":
        return body, signed(body, ["whsec_older", *secrets])
    if kind == "v0_only":
        return body, signed(body, secrets).replace("v1=", "v0=")
    return body, signed(body, secrets)


def _distorted_body(kind: str, event: Json) -> bytes:
    if kind == "garbage":
        return b'{"id": "evt_'
    every: dict[str, Json] = {
        "wrong_livemode": {"livemode": True},
        "other_account": {"account": "acct_somebody_else"},
        "other_version": {"api_version": "2020-08-27"},
        "unknown_type": {"type": "moon.landed"},
        "huge": {"padding": "x" * HUGE_BYTES},
    }
    return msgspec.json.encode({**event, **every.get(kind, {})})
