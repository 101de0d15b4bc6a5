"""A stored body as a person may see it: structure and ids, without the values that are personal."""

import msgspec

from financehub.core.documents import mask_documents

# Words of the vendors' envelopes and states: what one needs to understand an event.
SHOWN = frozenset(
    [
        *("event", "eventId", "id", "object", "type", "created", "livemode", "api_version", "account"),
        *("status", "code", "clientId", "triggeredBy", "kind", "currency", "pending_webhooks", "mode"),
        *("reason", "billing_reason", "collection_method", "transactionsCount", "connectorId"),
    ]
)
ID_ENDINGS = ("Id", "_id", "Ids")
HIDDEN = "•••"
DEEPEST = 8
LONGEST_LIST = 20


def masked(body: str) -> str:
    """Indented JSON in which only ids, states and times stand in clear."""
    shown = _masked("", msgspec.json.decode(body.encode()), 0)
    return msgspec.json.format(msgspec.json.encode(shown), indent=2).decode()


def _masked(name: str, value: object, depth: int) -> object:
    if depth > DEEPEST:
        return HIDDEN
    if isinstance(value, dict):
        return {str(key): _masked(str(key), inner, depth + 1) for key, inner in value.items()}
    if isinstance(value, list):
        return [_masked(name, inner, depth + 1) for inner in value[:LONGEST_LIST]]
    if value is None or isinstance(value, bool) or name in SHOWN or name.endswith(ID_ENDINGS):
        return mask_documents(value) if isinstance(value, str) else value
    return HIDDEN
