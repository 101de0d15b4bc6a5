"""What every group of calls stands on."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

import msgspec

from financehub.providers.stripe.calling import Caller, as_shape

if TYPE_CHECKING:
    import stripe

PAGE = 100

Params = Mapping[str, object]
ShapeT = TypeVar("ShapeT", bound=msgspec.Struct)


class Calls:
    """Every call raises StripeCallFailed. `key` is the idempotency key, stored by the caller before it calls."""

    def __init__(self, client: "stripe.StripeClient", caller: Caller) -> None:
        self._api = client.v1
        self._caller = caller

    def _all(self, name: str, listed: Any, shape: type[ShapeT]) -> list[ShapeT]:
        """Every page of a list; `listed` is a call of the client that gives the first one."""
        with self._caller.spoken(name):
            return list(_pages(listed(), shape))


def _pages(found: Any, shape: type[ShapeT]) -> Iterator[ShapeT]:
    for row in found.auto_paging_iter():
        yield as_shape(row, shape)


def typed(params: Params) -> Any:
    """Our plain mapping, where the client's types name one dictionary per call."""
    return cast("Any", dict(params))


def once(key: str) -> Any:
    """The option that makes a repeated call the same call."""
    return cast("Any", {"idempotency_key": key})
