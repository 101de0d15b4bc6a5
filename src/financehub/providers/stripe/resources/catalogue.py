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
        """All of them, archived ones too."""
        params, call = typed({"limit": PAGE}), self._api.products.list
        return self._all("GET /v1/products", lambda: call(params), shapes.Product)

    def create_product(self, params: Params, *, key: str) -> shapes.Product:
        call = self._api.products.create
        return self._caller.ask("POST /v1/products", lambda: call(typed(params), once(key)), shapes.Product)

    def update_product(self, product_id: str, params: Params, *, key: str) -> shapes.Product:
        call = self._api.products.update
        return self._caller.ask(
            "POST /v1/products/{id}", lambda: call(product_id, typed(params), once(key)), shapes.Product
        )

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

    def coupon(self, coupon_id: str) -> shapes.Coupon:
        call = self._api.coupons.retrieve
        return self._caller.ask("GET /v1/coupons/{id}", lambda: call(coupon_id), shapes.Coupon)

    def promotion_code(self, code_id: str) -> shapes.PromotionCode:
        call = self._api.promotion_codes.retrieve
        return self._caller.ask("GET /v1/promotion_codes/{id}", lambda: call(code_id), shapes.PromotionCode)

    def promotion_codes(self, code: str) -> list[shapes.PromotionCode]:
        """The active ones with this word; at most one, by Stripe's rules."""
        params = typed({"code": code, "active": True, "limit": PAGE})
        call = self._api.promotion_codes.list
        return self._all("GET /v1/promotion_codes", lambda: call(params), shapes.PromotionCode)
