"""Shared secrets and HMACs of webhook deliveries."""

import base64
import hashlib
import hmac

import pytest

from financehub.providers.pluggy.signatures import has_shared_secret, has_signature

BODY = b'{"event":"item/updated"}'
DIGEST = hmac.new(b"new", BODY, hashlib.sha256).digest()


class TestHasSharedSecret:
    def test_accepts_old_and_new_while_rotating(self):
        assert has_shared_secret("old", ["new", "old"])
        assert has_shared_secret("new", ["new", "old"])

    @pytest.mark.parametrize(
        ("sent", "secrets"),
        [("other", ["new"]), (None, ["new"]), ("", ["new"]), ("", [""]), (None, []), ("\u00e9", ["new"])],
    )
    def test_refuses_everything_else(self, sent, secrets):
        assert not has_shared_secret(sent, secrets)


class TestHasSignature:
    @pytest.mark.parametrize("sent", [DIGEST.hex(), DIGEST.hex().upper(), f"sha256={DIGEST.hex()}"])
    def test_accepts_hex(self, sent):
        assert has_signature(BODY, sent, ["old", "new"])

    def test_accepts_base64_where_configured(self):
        assert has_signature(BODY, base64.b64encode(DIGEST).decode(), ["new"], encoding="base64")

    def test_refuses_another_body_secret_or_none(self):
        assert not has_signature(BODY + b" ", DIGEST.hex(), ["new"])
        assert not has_signature(BODY, DIGEST.hex(), ["other"])
        assert not has_signature(BODY, DIGEST.hex(), [""])
        assert not has_signature(BODY, None, ["new"])

    def test_does_not_know_other_encodings(self):
        with pytest.raises(KeyError):
            has_signature(BODY, DIGEST.hex(), ["new"], encoding="rot13")
