"""Subscriptions, and the schedules that change them at the end of a period."""

from functools import partial

from financehub.providers.stripe import shapes
from financehub.providers.stripe.resources.base import PAGE, Calls, Params, once, typed

WHOLE, WHOLE_ROWS = {"expand": ["discounts"]}, {"expand": ["data.discounts"]}
ENDED_OR_NOT = ("all", "canceled")  # the vendor's "all" may leave out the canceled ones


class Subscriptions(Calls):
    """Calls about what is bought again every period."""

    def subscription(self, subscription_id: str) -> shapes.Subscription:
        """With its discounts."""
        call, params = self._api.subscriptions.retrieve, typed(WHOLE)
        return self._caller.ask(
            "GET /v1/subscriptions/{id}", lambda: call(subscription_id, params), shapes.Subscription
        )

    def subscriptions(self, customer_id: str) -> list[shapes.Subscription]:
        """All of a customer, ended ones included."""
        call = self._api.subscriptions.list
        found: dict[str, shapes.Subscription] = {}
        for status in ENDED_OR_NOT:
            wanted = typed({"customer": customer_id, "status": status, "limit": PAGE, **WHOLE_ROWS})
            rows = self._all("GET /v1/subscriptions", partial(call, wanted), shapes.Subscription)
            found |= {row.id: row for row in rows}
        return list(found.values())

    def update_subscription(self, subscription_id: str, params: Params, *, key: str) -> shapes.Subscription:
        call = self._api.subscriptions.update
        return self._caller.ask(
            "POST /v1/subscriptions/{id}",
            lambda: call(subscription_id, typed(params), once(key)),
            shapes.Subscription,
        )

    def cancel_subscription(self, subscription_id: str, comment: str) -> shapes.Subscription:
        """Now, without a last invoice and without money back."""
        call = self._api.subscriptions.cancel
        params = {"invoice_now": False, "prorate": False, "cancellation_details": {"comment": comment}}
        return self._caller.ask(
            "DELETE /v1/subscriptions/{id}", lambda: call(subscription_id, typed(params)), shapes.Subscription
        )

    def schedule_from(self, subscription_id: str, *, key: str) -> shapes.Schedule:
        call, params = self._api.subscription_schedules.create, typed({"from_subscription": subscription_id})
        return self._caller.ask(
            "POST /v1/subscription_schedules", lambda: call(params, once(key)), shapes.Schedule
        )

    def schedule(self, schedule_id: str) -> shapes.Schedule:
        call = self._api.subscription_schedules.retrieve
        return self._caller.ask(
            "GET /v1/subscription_schedules/{id}", lambda: call(schedule_id), shapes.Schedule
        )

    def update_schedule(self, schedule_id: str, params: Params, *, key: str) -> shapes.Schedule:
        call = self._api.subscription_schedules.update
        return self._caller.ask(
            "POST /v1/subscription_schedules/{id}",
            lambda: call(schedule_id, typed(params), once(key)),
            shapes.Schedule,
        )

    def release_schedule(self, schedule_id: str, *, key: str) -> shapes.Schedule:
        """The subscription goes on as it is now."""
        call = self._api.subscription_schedules.release
        return self._caller.ask(
            "POST /v1/subscription_schedules/{id}/release",
            lambda: call(schedule_id, None, once(key)),
            shapes.Schedule,
        )
