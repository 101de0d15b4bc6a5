"""Every endpoint by its verb and path, and finding the one a request means."""

from stripe_sandbox.endpoints import (
    account,
    catalogue,
    customers,
    disputes,
    hosted,
    invoices,
    methods,
    payments,
    subscriptions,
)
from stripe_sandbox.endpoints.calls import Endpoint
from stripe_sandbox.errors import NoSuchAddress

ENDPOINTS: dict[str, Endpoint] = {
    name: endpoint
    for module in (
        account,
        catalogue,
        customers,
        disputes,
        hosted,
        invoices,
        methods,
        payments,
        subscriptions,
    )
    for name, endpoint in module.ENDPOINTS.items()
}
ADVANCE = "POST /v1/test_helpers/test_clocks/{}/advance"  # takes its time: answered by the API itself


def find(method: str, path: str) -> tuple[str, tuple[str, ...]]:
    """(name, ids) of the endpoint; a fixed word wins over an id. Raises NoSuchAddress."""
    pieces = path.rstrip("/").split("/")
    matching = [
        (name, ids) for name in [*ENDPOINTS, ADVANCE] if (ids := _ids(name, method, pieces)) is not None
    ]
    if not matching:
        raise NoSuchAddress(method, path)
    return min(matching, key=lambda one: len(one[1]))


def _ids(name: str, method: str, pieces: list[str]) -> tuple[str, ...] | None:
    verb, _, template = name.partition(" ")
    wanted = template.split("/")
    if verb != method or len(wanted) != len(pieces):
        return None
    if any(one not in ("{}", piece) for one, piece in zip(wanted, pieces, strict=True)):
        return None
    return tuple(piece for one, piece in zip(wanted, pieces, strict=True) if one == "{}")
