"""Webhook subscriptions over HTTP."""

from tests.providers.pluggy.stub import Answer

from financehub.providers.pluggy.shapes.webhooks import NewWebhook, WebhookChanges

HOOK = {"id": "w1", "url": "https://x", "event": "all", "headers": {"X-Secret": "s3cret"}}


class TestWebhooks:
    def test_are_listed_and_read_without_showing_their_secret(self, stub, client):
        stub.on("GET /webhooks", Answer({"results": [HOOK]}))
        stub.on("GET /webhooks/w1", Answer(HOOK))
        assert client.fetch_webhooks()[0].headers == {"X-Secret": "s3cret"}
        assert repr(client.fetch_webhook("w1")) == "<Webhook w1>"

    def test_are_created_with_201(self, stub, client):
        stub.on("POST /webhooks", Answer(HOOK, 201))
        created = client.create_webhook(
            NewWebhook(event="all", url="https://x", headers={"X-Secret": "s3cret"})
        )
        assert created.id == "w1"

    def test_are_changed_field_by_field(self, stub, client):
        stub.on("PATCH /webhooks/w1", Answer(HOOK))
        client.update_webhook("w1", WebhookChanges(enabled=False))
        client.update_webhook("w1", WebhookChanges(headers=None))
        bodies = [one.json() for one in stub.calls("PATCH /webhooks/w1")]
        assert bodies == [{"enabled": False}, {"headers": None}]

    def test_are_deleted(self, stub, client):
        stub.on("DELETE /webhooks/w1", Answer({"count": 1}))
        client.delete_webhook("w1")
        assert len(stub.calls("DELETE /webhooks/w1")) == 1
