"""Reads what clients send: `items[0][price]=p&expand[]=x` as nested documents, and multipart uploads."""

from email import message_from_bytes
from email.message import Message
from typing import Any
from urllib.parse import parse_qsl

from stripe_sandbox.errors import InvalidRequest
from stripe_sandbox.shapes import Json

DEEPEST = 12


def read_form(text: str) -> Json:
    """A form body or query string; values stay text. Raises InvalidRequest for tangled brackets."""
    tree: Json = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        _put(tree, _pieces(name), value)
    return {key: _straightened(value) for key, value in tree.items()}


def _pieces(name: str) -> list[str]:
    head, *rest = name.split("[")
    if len(rest) > DEEPEST or any(not piece.endswith("]") for piece in rest):
        raise InvalidRequest(f"Invalid parameter name: {name[:60]}", param=name[:60])
    return [head, *(piece[:-1] for piece in rest)]


def _put(tree: Json, pieces: list[str], value: str) -> None:
    place = tree
    for piece in pieces[:-1]:
        step = place.setdefault(piece or str(len(place)), {})
        if not isinstance(step, dict):
            raise InvalidRequest(f"Invalid parameter: {piece} is both a value and a hash", param=pieces[0])
        place = step
    last = pieces[-1] if len(pieces) == 1 else pieces[-1] or str(len(place))
    place[last] = value


def _straightened(value: Any) -> Any:
    """Documents whose keys are all numbers are lists, in the order of the numbers."""
    if not isinstance(value, dict):
        return value
    inner = {key: _straightened(entry) for key, entry in value.items()}
    if inner and all(key.isdigit() for key in inner):
        return [inner[key] for key in sorted(inner, key=int)]
    return inner


def read_multipart(content_type: str, body: bytes) -> Json:
    """Fields as text, files as {"filename", "content", "type"}."""
    parsed = message_from_bytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body)
    parts = parsed.get_payload()
    if not isinstance(parts, list):
        raise InvalidRequest("The body is not multipart/form-data")
    return dict(_part(piece) for piece in parts if isinstance(piece, Message))


def _part(piece: Message) -> tuple[str, Any]:
    name = str(piece.get_param("name", "", "content-disposition"))
    content = piece.get_payload(decode=True)
    raw = content if isinstance(content, bytes) else b""
    filename = piece.get_filename()
    if filename is None:
        return name, raw.decode("utf-8", "replace")
    return name, {"filename": filename, "content": raw, "type": piece.get_content_type()}
