"""The NinjaAPI: what it is called, and which routers it is made of."""

from ninja import NinjaAPI

from financehub.api import errors
from financehub.api.routers import (
    accounts,
    balances,
    cards,
    connecting,
    health,
    items,
    notifications,
    payments,
    quotas,
    realtime,
    review,
    staff_billing,
    staff_disputes,
    syncs,
    timed_tasks,
    transactions,
    webhook_endpoints,
    webhook_events,
)
from financehub.api.shapes import FastJson

DESCRIPTION = """Your banks, cards and investments as one API. Call it with an API key of your company
(`Authorization: Bearer fh_...` or `X-API-Key`). `id` is always ours; `itemId`, `accountId` and `transactionId`
are Pluggy's. Money is integer cents with its currency. Every error has the shape
`{"error": {"code", "message", "details"}}`."""

api = NinjaAPI(
    title="Finance Hub",
    version="1.0",
    description=DESCRIPTION,
    urls_namespace="api",
    docs_url="/docs",
    renderer=FastJson(),
)
errors.install(api)
for room in (
    connecting,
    items,
    accounts,
    balances,
    cards,
    transactions,
    syncs,
    realtime,
    webhook_events,
    health,
    quotas,
    payments,
    review,
    notifications,
    webhook_endpoints,
    staff_billing,
    staff_disputes,
    timed_tasks,
):
    api.add_router("", room.router)
