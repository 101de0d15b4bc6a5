"""Checks a request against what the official client can say, and turns its texts into numbers and truths.

The schemas (`spec/requests.json`) are written from the official client by the contract tests; their small
language: `"s"` text, `"i"` integer, `"i|now"` an integer or a word, `"b"` boolean, `"n"` number, `"a|b"` words,
`"*"` anything, `[x]` a list, `{"": x}` a map, `{"name": x, "name!": x}` an object with required names,
`["", x]` may be unset by an empty text.
"""

from functools import cache
from typing import Any

import msgspec

from stripe_sandbox.errors import InvalidRequest
from stripe_sandbox.shapes import SPEC, Json

METADATA_KEYS, METADATA_KEY_LENGTH, METADATA_VALUE_LENGTH = 50, 40, 500
RETIRED = {
    ("/v1/payment_intents", "payment_method_types"),
    ("/v1/setup_intents", "payment_method_types"),
    ("/v1/checkout/sessions", "payment_method_types"),
}


@cache
def schemas() -> dict[str, Json]:
    """`"POST /v1/customers"` -> schema, for every call the official client can make here."""
    return msgspec.json.decode((SPEC / "requests.json").read_bytes(), type=dict[str, Json])


def checked(endpoint: str, sent: Json) -> Json:
    """The parameters with their types; raises InvalidRequest as the vendor words it."""
    for room, name in RETIRED:
        if name in sent and endpoint == f"POST {room}":
            raise InvalidRequest(
                f"`{name}` is no longer supported; use `allowed_payment_method_types`.",
                code="payment_method_types_no_longer_supported",
                param=name,
            )
    return _object(schemas()[endpoint], sent, "")


def _object(schema: Json, sent: Json, path: str) -> Json:
    if "" in schema:
        return _map(sent, path)
    names = {name.rstrip("!"): inner for name, inner in schema.items()}
    for name in sent:
        if name not in names:
            raise InvalidRequest(
                f"Received unknown parameter: {_joined(path, name)}",
                code="parameter_unknown",
                param=_joined(path, name),
            )
    for name in schema:
        if name.endswith("!") and name[:-1] not in sent:
            missing = _joined(path, name[:-1])
            raise InvalidRequest(
                f"Missing required param: {missing}.", code="parameter_missing", param=missing
            )
    return {name: _value(names[name], value, _joined(path, name)) for name, value in sent.items()}


def _joined(path: str, name: str) -> str:
    return f"{path}[{name}]" if path else name


def _value(schema: Any, value: Any, path: str) -> Any:
    match schema:
        case ["", inner]:
            return None if value == "" else _value(inner, value, path)
        case [inner]:
            return _list(inner, value, path)
        case dict():
            if not isinstance(value, dict):
                raise InvalidRequest("Invalid object", code="parameter_invalid_empty", param=path)
            return _object(schema, value, path)
        case "*":
            return _unset(value)
    return _scalar(schema, value, path)


def _unset(value: Any) -> Any:
    return None if value == "" else value


def _list(inner: Any, value: Any, path: str) -> list[Any]:
    if value == "":
        return []
    if not isinstance(value, list):
        raise InvalidRequest("Invalid array", param=path)
    return [_value(inner, entry, f"{path}[{n}]") for n, entry in enumerate(value)]


def _scalar(schema: str, value: Any, path: str) -> Any:
    if not isinstance(value, str):
        raise InvalidRequest("Invalid string: {...}", param=path)
    if schema.partition("|")[0] == "i":
        return _integer(value, path, schema.split("|")[1:])
    if schema == "b":
        return _truth(value, path)
    if "|" in schema and value not in schema.split("|"):
        words = " or ".join(word for word in schema.split("|") if word)
        raise InvalidRequest(f"Invalid {path}: must be one of {words}", param=path)
    return value


def _integer(value: str, path: str, words: list[str]) -> Any:
    if value in words:
        return value
    try:
        return int(value)
    except ValueError:
        raise InvalidRequest(
            f"Invalid integer: {value}", code="parameter_invalid_integer", param=path
        ) from None


def _truth(value: str, path: str) -> bool:
    if value not in ("true", "false"):
        raise InvalidRequest(f"Invalid boolean: {value}", param=path)
    return value == "true"


def _map(sent: Json, path: str) -> Json:
    if "metadata" in path and len(sent) > METADATA_KEYS:
        raise InvalidRequest(f"You can set at most {METADATA_KEYS} metadata keys", param=path)
    for key, value in sent.items():
        if len(key) > METADATA_KEY_LENGTH or len(str(value)) > METADATA_VALUE_LENGTH:
            raise InvalidRequest(
                f"Metadata keys have at most {METADATA_KEY_LENGTH} characters and values {METADATA_VALUE_LENGTH}",
                param=_joined(path, key),
            )
    return dict(sent)
