"""Pluggy's two ways to page a list, read as one stream of pages."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, unquote, urlsplit

import msgspec

from financehub.providers.pluggy.calls import Call
from financehub.providers.pluggy.exchange import Exchange, garbled
from financehub.providers.pluggy.shapes.base import Envelope, Recorded, decode, decode_record, decode_records

PAGE_SIZE = 500


class Endpoints:
    """What every group of endpoints needs: the exchange, and lists read to their end."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange

    def close(self) -> None:
        """Give back the pooled connections."""
        self._exchange.close()

    def _fetch(self, call: Call, shape: type[Recorded]) -> Recorded:
        body = self._exchange.send(call)
        try:
            return decode_record(shape, body)
        except msgspec.MsgspecError as error:
            raise garbled(call, error) from None

    def _fetch_list(self, call: Call, shape: type[Recorded]) -> list[Recorded]:
        """A list that Pluggy sends whole, or would page if it grew."""
        return [record for page in self._pages(call, shape) for record in page]

    def _pages(self, call: Call, shape: type[Recorded]) -> Iterator[list[Recorded]]:
        """Page by number. Stops when a server that ignores `page` repeats the first one."""
        number, total = 1, 1
        while number <= total:
            asked = call if number == 1 else replace(call, query={**call.query, "page": number})
            envelope = self._envelope(asked)
            if envelope.page != number and number > 1:
                return
            yield self._records(call, shape, envelope)
            number, total = number + 1, envelope.total_pages

    def _cursor_pages(self, call: Call, shape: type[Recorded]) -> Iterator[list[Recorded]]:
        """Page by cursor, the filters repeated on every page."""
        after: str | None = None
        while True:
            envelope = self._envelope(continued(call, after))
            yield self._records(call, shape, envelope)
            after = cursor_after(call, after, envelope.next)
            if after is None:
                return

    def _envelope(self, call: Call) -> Envelope:
        body = self._exchange.send(call)
        if not body:
            return Envelope(results=[])
        try:
            if body.lstrip().startswith(b"["):
                return Envelope(results=msgspec.json.decode(body, type=list[msgspec.Raw]))
            return decode(Envelope, body)
        except msgspec.MsgspecError as error:
            raise garbled(call, error) from None

    def _records(self, call: Call, shape: type[Recorded], envelope: Envelope) -> list[Recorded]:
        try:
            return decode_records(shape, envelope.results)
        except msgspec.MsgspecError as error:
            raise garbled(call, error) from None


def continued(call: Call, after: str | None) -> Call:
    """The same call from a cursor on."""
    return call if after is None else replace(call, query={**call.query, "after": after})


def cursor_after(call: Call, before: str | None, following: str | None) -> str | None:
    """The next cursor; None at the end. A `next` that leads nowhere is PluggyGarbled: rows would be lost."""
    after = cursor_in(following)
    if following and after in {None, before}:
        raise garbled(call, "`next` leads nowhere")
    return after


def cursor_in(following: str | None) -> str | None:
    """The `after` in Pluggy's `next`: a query string, a path, an absolute address, or the bare cursor.

    Only the cursor is taken, so that an answer can never send us to another host.
    """
    if not following:
        return None
    query = urlsplit(following).query or (following if following.startswith("after=") else "")
    if not query:
        return None if "://" in following or following.startswith("/") else unquote(following)
    values = parse_qs(query).get("after")
    # Base64 uses "+", which a query string written without escaping turns into a space.
    return values[0].replace(" ", "+") if values else None
