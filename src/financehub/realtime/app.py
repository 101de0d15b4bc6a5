"""The ASGI application of the realtime process: a WebSocket at /ws, a health answer over HTTP."""

import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from financehub.realtime import log_reading
from financehub.realtime.sockets import serve
from financehub.realtime.tails import Switchboard

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

switchboard = Switchboard()


async def application(scope: Message, receive: Receive, send: Send) -> None:
    """Route one connection by its kind."""
    if scope["type"] == "websocket":
        await serve(scope, receive, send, switchboard)
    elif scope["type"] == "lifespan":
        await _live(receive, send)
    elif scope["type"] == "http":
        await _answer_http(scope, send)


async def _live(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            switchboard.close()
            await send({"type": "lifespan.shutdown.complete"})
            return


async def _answer_http(scope: Message, send: Send) -> None:
    if scope["path"].rstrip("/") != "/health":
        await _respond(
            send, 404, {"error": {"code": "not_found", "message": "Only /ws and /health live here."}}
        )
    elif await log_reading.is_reachable():
        await _respond(send, 200, {"status": "ok", "sockets": switchboard.sockets})
    else:
        await _respond(send, 503, {"status": "database_unreachable", "sockets": switchboard.sockets})


async def _respond(send: Send, status: int, content: dict[str, object]) -> None:
    headers = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(content).encode()})
