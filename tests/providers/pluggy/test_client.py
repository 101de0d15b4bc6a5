"""The client as a whole."""

import pytest
from tests.providers.pluggy.stub import Answer

from financehub.providers.pluggy import PluggyClient
from financehub.providers.pluggy.keys import InMemoryKeyStore
from financehub.providers.pluggy.limits import Unlimited


class TestPluggyClient:
    def test_takes_what_processes_share_as_arguments(self, stub, hands):
        store = InMemoryKeyStore()
        store.put("shared-key", hands.now + 60)
        stub.valid_keys = {"shared-key"}
        stub.on("GET /connectors", Answer({"results": [{"id": 2, "name": "Pluggy Bank"}]}))
        with PluggyClient(
            client_id="i",
            client_secret="s",
            base_url=f"{stub.url}/",
            key_store=store,
            limiter=Unlimited(),
            settings=hands.settings(),
        ) as client:
            assert client.list_connectors(country="BR")[0]["name"] == "Pluggy Bank"
        assert [one.path for one in stub.received] == ["/connectors"]

    def test_is_closed_after_its_block(self, stub, client):
        with client:
            pass
        with pytest.raises(RuntimeError, match="closed"):
            client.fetch_item("i1")

    def test_shows_no_credentials(self, client):
        assert repr(client) == "<PluggyClient>"
