"""Stripe as billing asks it: the official client, a pinned version, bounded time, one idempotency key per deed."""

import stripe

from financehub.providers.stripe.calling import Caller
from financehub.providers.stripe.circuit import Circuit
from financehub.providers.stripe.resources.catalogue import Catalogue
from financehub.providers.stripe.resources.customers import Customers
from financehub.providers.stripe.resources.money import Money
from financehub.providers.stripe.resources.subscriptions import Subscriptions

API_BASE, FILES_BASE = "https://api.stripe.com", "https://files.stripe.com"
TIMEOUT_SECONDS = (5, 30)  # to connect, to answer; the client's own 80 are too long for a web request
RETRIES = 2


class StripeAccount(Catalogue, Customers, Subscriptions, Money):
    """All the calls with one key, and one circuit for them together."""

    def __init__(
        self, *, api_key: str, api_version: str, api_base: str = API_BASE, files_base: str = FILES_BASE
    ) -> None:
        stripe.enable_telemetry = False
        client = stripe.StripeClient(
            api_key,
            stripe_version=api_version,
            base_addresses={"api": api_base, "files": files_base},
            max_network_retries=RETRIES,
            http_client=stripe.RequestsClient(timeout=TIMEOUT_SECONDS),
        )
        super().__init__(client, Caller(Circuit()))
