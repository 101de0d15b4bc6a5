"""Subscriptions of the application."""

from starlette.requests import Request
from starlette.responses import Response

from pluggy_sandbox.answers import json_answer, read_body
from pluggy_sandbox.endpoints.calls import path_id, route, world_of
from pluggy_sandbox.pagination import single_page
from pluggy_sandbox.shapes import Json
from pluggy_sandbox.validation import Reader
from pluggy_sandbox.webhooks import Webhook, check_event, check_url


async def list_webhooks(request: Request) -> Response:
    return json_answer(single_page([row.to_json() for row in world_of(request).webhooks.all()]))


async def create_webhook(request: Request) -> Response:
    world, body = world_of(request), await read_body(request)
    reader = Reader(body)
    headers = reader.string_map("headers") or {}
    reader.finish()
    event = check_event(body.get("event"))
    url = await check_url(body.get("url"), strictly=world.state.switches.webhook_target_checks)
    webhook = Webhook(world.state.ids.uuid(), event, url, world.now(), world.now(), headers)
    world.webhooks.add(webhook)
    return json_answer(webhook.to_json(), _created_status(request))


def _created_status(request: Request) -> int:
    """201 as specified; the vendor's Node SDK takes anything but 200 for a failure, and lives with the vendor."""
    return 200 if request.headers.get("user-agent", "").startswith("PluggyNode/") else 201


async def get_webhook(request: Request) -> Response:
    return json_answer(world_of(request).webhooks.get(path_id(request, "webhook")).to_json())


async def update_webhook(request: Request) -> Response:
    world = world_of(request)
    webhook, body = world.webhooks.get(path_id(request, "webhook")), await read_body(request)
    reader = Reader(body)
    headers, enabled = reader.string_map("headers"), reader.flag("enabled")
    reader.finish()
    event = check_event(body["event"]) if body.get("event") else webhook.event
    strictly = world.state.switches.webhook_target_checks
    url = await check_url(body["url"], strictly=strictly) if body.get("url") else webhook.url
    world.webhooks.check_place(event, url, except_for=webhook.id)
    webhook.event, webhook.url, webhook.updated_at = event, url, world.now()
    if "headers" in body:
        webhook.headers = headers or {}
    _switch(webhook, enabled=enabled)
    return json_answer(webhook.to_json())


def _switch(webhook: Webhook, *, enabled: bool | None) -> None:
    if enabled:
        webhook.disabled_at, webhook.given_up_in_a_row = None, 0
    elif enabled is False:
        webhook.disabled_at = webhook.disabled_at or webhook.updated_at


async def delete_webhook(request: Request) -> Response:
    world_of(request).webhooks.remove(path_id(request, "webhook"))
    answer: Json = {"count": 1}
    return json_answer(answer)


routes = [
    route("GET", "/webhooks", list_webhooks),
    route("POST", "/webhooks", create_webhook),
    route("GET", "/webhooks/{id}", get_webhook),
    route("PATCH", "/webhooks/{id}", update_webhook),
    route("DELETE", "/webhooks/{id}", delete_webhook),
]
