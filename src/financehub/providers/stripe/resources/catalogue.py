"""The account itself and what it sells: products, prices, and the portal's configuration."""

from collections.abc import Sequence

from financehub.providers.stripe import shapes
from financehub.providers.stripe.resources.base import PAGE, Calls, Params, once, typed


class Catalogue(Calls):
    """Calls about what can be bought."""

    def account(self) -> shapes.Account:
        call = self._api.accounts.retrieve_current
        return self._caller.ask("GET /v1/account", call, shapes.Account)

    def products(self) -> list[shapes.Product]:
        """Active ones."""
        params, call = typed({"active": True, "limit": PAGE}), self._api.products.list
        return self._all("GET /v1/products", lambda: call(params), shapes.Product)

    def create_product(self, params: Params, *, key: str) -> shapes.Product:
        call = self._api.products.create
        return self._caller.ask("POST /v1/products", lambda: call(typed(params), once(key)), shapes.Product)

    def prices(self, lookup_keys: Sequence[str]) -> list[shapes.Price]:
        """The active prices with these lookup keys."""
        params = typed({"lookup_keys": list(lookup_keys), "active": True, "limit": PAGE})
        call = self._api.prices.list
        return self._all("GET /v1/prices", lambda: call(params), shapes.Price)

    def create_price(self, params: Params, *, key: str) -> shapes.Price:
        call = self._api.prices.create
        return self._caller.ask("POST /v1/prices", lambda: call(typed(params), once(key)), shapes.Price)

    def archive_price(self, price_id: str, *, key: str) -> shapes.Price:
        """Nobody buys it any more; who has it keeps it."""
        call, params = self._api.prices.update, typed({"active": False})
        return self._caller.ask(
            "POST /v1/prices/{id}", lambda: call(price_id, params, once(key)), shapes.Price
        )

    def portal_configurations(self) -> list[shapes.PortalConfiguration]:
        """Active ones."""
        params, call = typed({"active": True, "limit": PAGE}), self._api.billing_portal.configurations.list
        return self._all(
            "GET /v1/billing_portal/configurations", lambda: call(params), shapes.PortalConfiguration
        )

    def create_portal_configuration(self, params: Params, *, key: str) -> shapes.PortalConfiguration:
        call = self._api.billing_portal.configurations.create
        return self._caller.ask(
            "POST /v1/billing_portal/configurations",
            lambda: call(typed(params), once(key)),
            shapes.PortalConfiguration,
        )

    def update_portal_configuration(
        self, configuration_id: str, params: Params, *, key: str
    ) -> shapes.PortalConfiguration:
        call = self._api.billing_portal.configurations.update
        return self._caller.ask(
            "POST /v1/billing_portal/configurations/{id}",
            lambda: call(configuration_id, typed(params), once(key)),
            shapes.PortalConfiguration,
        )
