"""Keys: what a token tells and what a repr hides."""

import base64
import json

import pytest
from tests.providers.pluggy.stub import Answer

from financehub.providers.pluggy import PluggyClient
from financehub.providers.pluggy.keys import InMemoryKeyStore, StoredKey, token_end


def token(payload: bytes) -> str:
    return f"e30.{base64.urlsafe_b64encode(payload).decode().rstrip('=')}.sig"


class TestTokenEnd:
    def test_reads_exp(self):
        assert token_end(token(json.dumps({"exp": 1800, "iat": 0}).encode())) == 1800

    @pytest.mark.parametrize(
        "text", ["", "key", "a.b", "a.!!!.c", token(b"{}"), token(b"[1]"), token(b'{"exp":"x"}')]
    )
    def test_is_none_when_the_token_does_not_say(self, text):
        assert token_end(text) is None


class TestStoredKey:
    def test_hides_the_key(self):
        assert repr(StoredKey("abc", 1.0)) == "StoredKey(expires_at=1.0)"


class TestInMemoryKeyStore:
    def test_gives_back_what_was_put(self):
        store = InMemoryKeyStore()
        assert store.get() is None
        store.put("abc", 5.0)
        assert store.get() == StoredKey("abc", 5.0)

    def test_keeps_a_key_until_shortly_before_its_own_end(self, stub, hands):
        jwt = token(json.dumps({"exp": hands.now + 600}).encode())
        stub.on("POST /auth", Answer({"apiKey": jwt}))
        stub.valid_keys = {jwt}
        stub.on("GET /items/i1", Answer({"id": "i1", "status": "UPDATED"}))
        store = InMemoryKeyStore()
        with PluggyClient(
            client_id="i", client_secret="s", base_url=stub.url, key_store=store, settings=hands.settings()
        ) as client:
            client.fetch_item("i1")
        assert store.get().expires_at == hands.now + 540
