"""The Pluggy client: every endpoint as one typed, synchronous method."""

from types import TracebackType
from typing import Self

from financehub.providers.pluggy.exchange import Credentials, Exchange
from financehub.providers.pluggy.keys import InMemoryKeyStore, KeyStore
from financehub.providers.pluggy.limits import Limiter, TokenBuckets
from financehub.providers.pluggy.resources.accounts import AccountEndpoints
from financehub.providers.pluggy.resources.categories import CategoryEndpoints
from financehub.providers.pluggy.resources.connectors import ConnectorEndpoints
from financehub.providers.pluggy.resources.items import ItemEndpoints
from financehub.providers.pluggy.resources.transactions import TransactionEndpoints
from financehub.providers.pluggy.resources.wealth import WealthEndpoints
from financehub.providers.pluggy.resources.webhooks import WebhookEndpoints
from financehub.providers.pluggy.settings import ClientSettings

BASE_URL = "https://api.pluggy.ai"


class PluggyClient(
    ConnectorEndpoints,
    ItemEndpoints,
    AccountEndpoints,
    TransactionEndpoints,
    WealthEndpoints,
    CategoryEndpoints,
    WebhookEndpoints,
):
    """One pooled connection to Pluggy, safe to share between threads; make one per process, after forking.

    Every method raises a PluggyError that says what to do. What processes must share comes in as arguments:
    `key_store` (the API key), `limiter` (token buckets), `settings.circuits` (the circuit breaker).
    """

    def __init__(
        self,
        *,
        client_id: str,
        client_secret: str,
        base_url: str = BASE_URL,
        key_store: KeyStore | None = None,
        limiter: Limiter | None = None,
        settings: ClientSettings | None = None,
    ) -> None:
        settings = settings or ClientSettings()
        super().__init__(
            Exchange(
                Credentials(client_id, client_secret),
                base_url,
                key_store or InMemoryKeyStore(),
                limiter or TokenBuckets(sleep=settings.sleep),
                settings,
            )
        )

    def __repr__(self) -> str:
        return "<PluggyClient>"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
