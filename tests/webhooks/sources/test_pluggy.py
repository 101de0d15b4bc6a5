"""How Pluggy's bodies name what they are about."""

import hmac
from base64 import b64encode

import pytest
from tests.webhooks.knocks import ITEM, SECRET

from financehub.core import clock
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


class TestProving:
    def test_names_the_active_secret_that_was_sent(self):
        assert PLUGGY.proving({"X-Webhook-Secret": "new"}, b"", ["new", SECRET]) == "new"
        assert PLUGGY.proving({"X-Webhook-Secret": SECRET}, b"", ["new", SECRET]) == SECRET
        assert PLUGGY.proving({"X-Webhook-Secret": "other"}, b"", ["new", SECRET]) is None
        assert PLUGGY.proving({}, b"", ["new", ""]) is None

    @pytest.mark.parametrize(
        ("encoding", "write"), [("hex", bytes.hex), ("base64", lambda digest: b64encode(digest).decode())]
    )
    def test_wants_the_body_signed_as_well_where_that_is_configured(self, settings, encoding, write):
        settings.PLUGGY_WEBHOOK_SIGNATURE_SECRET = ["key"]
        settings.PLUGGY_WEBHOOK_SIGNATURE_HEADER = "X-Signed"
        settings.PLUGGY_WEBHOOK_SIGNATURE_ENCODING = encoding
        signed = write(hmac.digest(b"key", b"body", "sha256"))
        sent = {"X-Webhook-Secret": SECRET, "X-Signed": signed}

        assert PLUGGY.proving(sent, b"body", [SECRET]) == SECRET
        assert PLUGGY.proving(sent, b"bodY", [SECRET]) is None
        assert PLUGGY.proving({"X-Webhook-Secret": SECRET}, b"body", [SECRET]) is None
        assert PLUGGY.proving({"X-Signed": signed}, b"body", [SECRET]) is None


class TestOddityOf:
    def test_is_another_application(self, settings):
        settings.PLUGGY_CLIENT_ID = "ours"
        at = clock.now()
        assert PLUGGY.oddity_of(PLUGGY.read({"clientId": "theirs"}), at) == "another clientId"
        assert PLUGGY.oddity_of(PLUGGY.read({"clientId": "ours"}), at) == ""
        assert PLUGGY.oddity_of(PLUGGY.read({}), at) == ""
