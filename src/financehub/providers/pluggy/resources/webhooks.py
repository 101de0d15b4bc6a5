"""Webhook subscriptions of the whole client: the kind that carries our secret header."""

from financehub.providers.pluggy.calls import Call, Repeat
from financehub.providers.pluggy.paging import Endpoints
from financehub.providers.pluggy.shapes.webhooks import NewWebhook, Webhook, WebhookChanges


class WebhookEndpoints(Endpoints):
    def fetch_webhooks(self) -> list[Webhook]:
        return self._fetch_list(Call("GET", "/webhooks"), Webhook)

    def fetch_webhook(self, webhook_id: str) -> Webhook:
        return self._fetch(Call("GET", "/webhooks/{id}", {"id": webhook_id}), Webhook)

    def create_webhook(self, webhook: NewWebhook) -> Webhook:
        """Pluggy takes 5 per event, so a lost answer is not repeated."""
        return self._fetch(Call("POST", "/webhooks", body=webhook, repeat=Repeat.IF_REFUSED), Webhook)

    def update_webhook(self, webhook_id: str, changes: WebhookChanges) -> Webhook:
        return self._fetch(Call("PATCH", "/webhooks/{id}", {"id": webhook_id}, body=changes), Webhook)

    def delete_webhook(self, webhook_id: str) -> None:
        self._exchange.send(Call("DELETE", "/webhooks/{id}", {"id": webhook_id}))
