"""One handler under all its names: older spellings, and with or without the last slash."""

from collections.abc import Callable, Sequence
from typing import Annotated, TypeVar
from uuid import UUID

from ninja import Router
from ninja.params.functions import Path, Query

from financehub.api.auth import WayIn

Handler = TypeVar("Handler", bound=Callable[..., object])

OurId = Annotated[UUID, Path(..., alias="id")]
PluggyItemId = Annotated[UUID, Path(..., alias="itemId")]
KeepHistory = Annotated[bool, Query(False, alias="keepHistory")]

PUBLIC: Sequence[WayIn] = ()


def at(
    router: Router,
    method: str,
    *addresses: str,
    operation_id: str,
    auth: Sequence[WayIn],
    response: object,
) -> Callable[[Handler], Handler]:
    """Answer `method` at every address. The documents show each address once, as it is written here."""

    def register(handler: Handler) -> Handler:
        for number, address in enumerate(addresses, start=1):
            name = operation_id if number == 1 else f"{operation_id}_{number}"
            bare = address.rstrip("/")
            for spelling in (bare, f"{bare}/"):
                router.add_api_operation(
                    spelling,
                    [method],
                    handler,
                    operation_id=name,
                    auth=list(auth) or None,
                    response=response,
                    by_alias=True,
                    include_in_schema=spelling == address,
                )
        return handler

    return register
