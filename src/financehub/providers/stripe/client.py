"""Stripe as billing asks it: the official client, a pinned version, bounded time, one idempotency key per deed."""

from financehub.providers.circuits import CircuitStore
from financehub.providers.stripe.calling import Caller, client_of
from financehub.providers.stripe.resources.cases import Cases
from financehub.providers.stripe.resources.catalogue import Catalogue
from financehub.providers.stripe.resources.customers import Customers
from financehub.providers.stripe.resources.money import Money
from financehub.providers.stripe.resources.subscriptions import Subscriptions

API_BASE, FILES_BASE = "https://api.stripe.com", "https://files.stripe.com"


class StripeAccount(Catalogue, Customers, Subscriptions, Money, Cases):
    """All the calls with one key, and one circuit for them together."""

    def __init__(
        self,
        *,
        api_key: str,
        api_version: str,
        circuits: CircuitStore,
        api_base: str = API_BASE,
        files_base: str = FILES_BASE,
    ) -> None:
        addresses = {"api": api_base, "files": files_base}
        super().__init__(client_of(api_key, api_version, addresses), Caller(api_base, circuits))
