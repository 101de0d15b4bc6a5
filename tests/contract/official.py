"""The vendor's Python SDK as a client that also compares every answer, key by key, with the model it was read into."""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from enum import Enum
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from pluggy_sdk import ApiClient, ApiException, Configuration
from pydantic import BaseModel

# Keys that live answers carry although the SDK's models do not declare them: (model, key). Each is vendor knowledge.
UNDECLARED = {
    ("Item", "clientUserId"),
    ("Item", "oauthRedirectUri"),
    ("Item", "autoSyncDisabledAt"),
    ("Transaction", "acquirerData"),
    ("Transaction", "accountId"),
    ("Bill", "accountId"),
    ("BillFinanceCharge", "creditCardBillId"),
}
_VARIABLE = re.compile(r"/([0-9a-f]{8}-[0-9a-f-]{27}|\d+)(?=/|$)")


class OfficialClient(ApiClient):
    """`calls` holds (method, path template) of everything asked; an answer that differs from its model raises."""

    def __init__(self, url: str, api_key: str | None = None) -> None:
        keys = {"default": api_key} if api_key else {}
        super().__init__(Configuration(host=url, api_key=keys, retries=False))
        self.base = url
        self.calls: set[tuple[str, str]] = set()

    def call_api(self, method: str, url: str, *args: Any, **options: Any) -> Any:
        self.calls.add((method, _VARIABLE.sub("/{id}", urlsplit(url).path)))
        return super().call_api(method, url, *args, **options)

    def response_deserialize(self, response_data: Any, response_types_map: Any = None) -> Any:
        answer = super().response_deserialize(response_data, response_types_map)
        if response_data.data and answer.data is not None:
            found = list(differences(json.loads(response_data.data), answer.data))
            assert not found, "\n".join(found[:20])
        return answer


def differences(sent: object, read: object, path: str = "$") -> Iterator[str]:
    """What the model made of the JSON is not what was sent: unknown keys, lost or changed values."""
    read = getattr(read, "actual_instance", read)  # the SDK wraps a union in an object
    if isinstance(read, BaseModel):
        yield from _object_differences(sent, read, path)
    elif isinstance(read, list) and isinstance(sent, list):
        yield from _list_differences(sent, read, path)
    elif isinstance(read, dict) and isinstance(sent, dict):
        for key in sent.keys() | read.keys():
            yield from differences(sent.get(key), read.get(key), f"{path}.{key}")
    elif not _same(sent, read):
        yield f"{path}: sent {sent!r}, read {read!r}"


def _list_differences(sent: list[object], read: list[object], path: str) -> Iterator[str]:
    if len(sent) != len(read):
        yield f"{path}: {len(sent)} entries sent, {len(read)} read"
    for place, (one, other) in enumerate(zip(sent, read, strict=False)):
        yield from differences(one, other, f"{path}[{place}]")


def _object_differences(sent: object, read: BaseModel, path: str) -> Iterator[str]:
    if not isinstance(sent, dict):
        yield f"{path}: {sent!r} is no object"
        return
    fields = {field.alias or name: name for name, field in type(read).model_fields.items()}
    for key, value in sent.items():
        if key in fields:
            yield from differences(value, getattr(read, fields[key]), f"{path}.{key}")
        elif (type(read).__name__, key) not in UNDECLARED:
            yield f"{path}.{key}: {type(read).__name__} declares no such field"
    for key, name in fields.items():
        if type(read).model_fields[name].is_required() and key not in sent:
            yield f"{path}.{key}: required and absent"


def _same(sent: object, read: object) -> bool:
    if isinstance(read, Enum):
        return sent == read.value
    if isinstance(read, UUID):
        return sent == str(read)
    if isinstance(read, datetime):
        return isinstance(sent, str) and datetime.fromisoformat(sent) == read
    if isinstance(read, date):
        return sent == read.isoformat()
    return sent == read and isinstance(sent, bool) == isinstance(read, bool)


def refusal(error: ApiException) -> tuple[int, str | None, str]:
    """(status, codeDescription, message) of a refused call."""
    body = json.loads(error.body)
    return error.status, body.get("codeDescription"), body["message"]
