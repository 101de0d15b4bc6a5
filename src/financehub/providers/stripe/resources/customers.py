"""Customers, their cards and tax numbers, and the pages that Stripe hosts for them."""

from contextlib import suppress

from financehub.providers.stripe import shapes
from financehub.providers.stripe.errors import StripeMissing
from financehub.providers.stripe.resources.base import PAGE, Calls, Params, once, typed


class Customers(Calls):
    """Calls about who pays."""

    def create_customer(self, params: Params, *, key: str) -> shapes.Customer:
        call = self._api.customers.create
        return self._caller.ask("POST /v1/customers", lambda: call(typed(params), once(key)), shapes.Customer)

    def update_customer(self, customer_id: str, params: Params, *, key: str) -> shapes.Customer:
        call = self._api.customers.update
        return self._caller.ask(
            "POST /v1/customers/{id}", lambda: call(customer_id, typed(params), once(key)), shapes.Customer
        )

    def customer(self, customer_id: str) -> shapes.Customer:
        """A deleted one says so."""
        call = self._api.customers.retrieve
        return self._caller.ask("GET /v1/customers/{id}", lambda: call(customer_id), shapes.Customer)

    def create_tax_id(self, customer_id: str, kind: str, value: str, *, key: str) -> shapes.TaxId:
        """`kind` is br_cpf or br_cnpj."""
        call, params = self._api.customers.tax_ids.create, typed({"type": kind, "value": value})
        return self._caller.ask(
            "POST /v1/customers/{id}/tax_ids", lambda: call(customer_id, params, once(key)), shapes.TaxId
        )

    def tax_ids(self, customer_id: str) -> list[shapes.TaxId]:
        call, params = self._api.customers.tax_ids.list, typed({"limit": PAGE})
        return self._all("GET /v1/customers/{id}/tax_ids", lambda: call(customer_id, params), shapes.TaxId)

    def delete_tax_id(self, customer_id: str, tax_id: str) -> None:
        """Gone, or gone before."""
        call = self._api.customers.tax_ids.delete
        with suppress(StripeMissing), self._caller.spoken("DELETE /v1/customers/{id}/tax_ids/{id}"):
            call(customer_id, tax_id)

    def payment_method(self, method_id: str) -> shapes.PaymentMethod:
        call = self._api.payment_methods.retrieve
        return self._caller.ask("GET /v1/payment_methods/{id}", lambda: call(method_id), shapes.PaymentMethod)

    def create_session(self, params: Params, *, key: str) -> shapes.Session:
        call = self._api.checkout.sessions.create
        return self._caller.ask(
            "POST /v1/checkout/sessions", lambda: call(typed(params), once(key)), shapes.Session
        )

    def session(self, session_id: str) -> shapes.Session:
        call = self._api.checkout.sessions.retrieve
        return self._caller.ask("GET /v1/checkout/sessions/{id}", lambda: call(session_id), shapes.Session)

    def expire_session(self, session_id: str, *, key: str) -> shapes.Session:
        call = self._api.checkout.sessions.expire
        return self._caller.ask(
            "POST /v1/checkout/sessions/{id}/expire",
            lambda: call(session_id, None, once(key)),
            shapes.Session,
        )

    def create_portal_session(self, params: Params, *, key: str) -> shapes.PortalSession:
        """Its address lives minutes: made per click, never kept."""
        call = self._api.billing_portal.sessions.create
        return self._caller.ask(
            "POST /v1/billing_portal/sessions", lambda: call(typed(params), once(key)), shapes.PortalSession
        )
