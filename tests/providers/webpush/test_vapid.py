"""The token that a push service checks: signed by our key, for that service, not for long."""

import base64
import json

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from financehub.providers.webpush.vapid import BadKey, Vapid, new_private_key, unpadded

OURS = Vapid(new_private_key(), "mailto:ops@example.com")


def test_a_push_service_can_check_it_with_the_key_beside_it() -> None:
    header = OURS.authorization("https://push.example:8443/send/abc?x=1", at=1_000_000)
    scheme, token, key = header.replace(",", "").split(" ")
    assert scheme == "vapid"
    head, claims, signature = token.removeprefix("t=").split(".")
    assert json.loads(unpadded(head)) == {"typ": "JWT", "alg": "ES256"}
    assert json.loads(unpadded(claims)) == {
        "aud": "https://push.example:8443",
        "exp": 1_000_000 + 12 * 3600,
        "sub": "mailto:ops@example.com",
    }
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unpadded(key.removeprefix("k=")))
    raw = unpadded(signature)
    assert len(raw) == 64
    told = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    public.verify(told, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))


def test_the_public_key_is_what_a_browser_takes() -> None:
    raw = unpadded(OURS.public_key)
    assert (len(raw), raw[0]) == (65, 4)
    assert "=" not in OURS.public_key


def test_the_key_pair_of_the_standards_example() -> None:
    """RFC 8291, appendix A: the sender's key pair."""
    keys = Vapid("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw", "mailto:x@example.com")
    assert keys.public_key == (
        "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8"
    )


@pytest.mark.parametrize("key", ["", base64.urlsafe_b64encode(b"\xff" * 40).decode(), "***"])
def test_what_is_no_key_says_so(key: str) -> None:
    with pytest.raises(BadKey):
        _ = Vapid(key, "mailto:x@example.com").public_key
