"""How Pluggy's bodies name what they are about."""

import pytest
from tests.webhooks.knocks import ITEM, SECRET

from financehub.webhooks.sources.pluggy import PLUGGY


class TestRead:
    @pytest.mark.parametrize(
        ("body", "key"),
        [
            ({"itemId": ITEM}, f"item:{ITEM}"),
            ({"itemId": ITEM.upper(), "accountId": ITEM}, f"item:{ITEM}"),
            ({"connectorId": 601}, "connector:601"),
            ({"paymentRequestId": ITEM}, f"payment_request:{ITEM}"),
            ({"itemId": "not an id", "connectorId": 10**400}, ""),
            ({"connectorId": -1}, ""),
            ({"itemId": ["x"]}, ""),
            ({}, ""),
        ],
    )
    def test_finds_the_object_that_events_must_queue_for(self, body, key):
        assert PLUGGY.read(body).object_key == key

    def test_takes_words_only_for_names(self):
        notice = PLUGGY.read({"event": 7, "eventId": {"a": 1}})
        assert (notice.type, notice.external_id) == ("", "")


class TestIsAuthentic:
    def test_knows_each_active_secret(self, settings):
        settings.PLUGGY_WEBHOOK_SECRET = ["new", SECRET]
        assert PLUGGY.is_authentic({"X-Webhook-Secret": "new"}, b"")
        assert PLUGGY.is_authentic({"X-Webhook-Secret": SECRET}, b"")
        assert not PLUGGY.is_authentic({"X-Webhook-Secret": "other"}, b"")
        assert not PLUGGY.is_authentic({}, b"")


class TestIsOpen:
    def test_needs_a_secret_that_is_not_empty(self, settings):
        settings.PLUGGY_WEBHOOK_SECRET = [""]
        assert not PLUGGY.is_open()
        settings.PLUGGY_WEBHOOK_SECRET = ["x"]
        assert PLUGGY.is_open()
