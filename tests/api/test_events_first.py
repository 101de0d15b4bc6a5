"""On an address shared with notifications, what names an event sees the webhook door only."""

import pytest
from tests.api.callers import Caller

from financehub.webhooks.models import WebhookEvent

ADDRESSES = ["/api/pluggy/callback", "/api/banking/pluggy/callback/"]
EVENT = {"event": "boleto/updated", "eventId": "e-1"}


@pytest.fixture(autouse=True)
def open_door(settings):
    settings.PLUGGY_WEBHOOK_SECRET = ["s3cret"]


@pytest.mark.parametrize("address", ADDRESSES)
class TestTheCallback:
    def test_stores_an_event_of_the_vendor_without_any_session(self, db, address):
        answer = Caller(HTTP_X_WEBHOOK_SECRET="s3cret").post(address, EVENT)
        assert answer.status_code == 202
        assert WebhookEvent.objects.get().type == "boleto/updated"

    def test_refuses_an_event_even_from_a_signed_in_person(self, browser, program, address):
        for caller in (browser, program):
            answer = caller.post(address, {**EVENT, "itemId": "5f1c8a64-0f5e-4c0e-9d61-1c4f2a9d7e01"})
            assert (answer.status_code, answer.json()["error"]["code"]) == (401, "webhook_authenticity")
        assert not WebhookEvent.objects.exists()

    def test_asks_everybody_else_for_a_session_or_a_key(self, db, address):
        answer = Caller(HTTP_X_WEBHOOK_SECRET="s3cret").post(address, {"itemId": "x"})
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "unauthenticated")
