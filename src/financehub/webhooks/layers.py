"""What every knock passes before it is stored, in this order; each layer refuses in one way."""

import re

import msgspec
from django.http import HttpRequest

from financehub.webhooks.notices import Notice, Source

MAX_BYTES = 1024 * 1024
TYPE = re.compile(r"[\w./-]{1,80}", re.ASCII)
EXTERNAL_ID = re.compile(r"[\w.:-]{0,120}", re.ASCII)


class Refused(Exception):
    """The knock ends here: nothing is stored. `layer` names who refused, `status` is the answer."""

    def __init__(self, layer: str, status: int) -> None:
        super().__init__(layer)
        self.layer = layer
        self.status = status


def require_transport(request: HttpRequest) -> bytes:
    """The raw body of a POST of JSON of at most 1 MiB. Raises Refused."""
    if request.method != "POST":
        raise Refused("method", 405)
    if request.content_type != "application/json":
        raise Refused("content_type", 415)
    if is_too_long(request):
        raise Refused("size", 413)
    return request.body


def is_too_long(request: HttpRequest) -> bool:
    """Whether the body is over the limit; told unread, for the server reads no more than announced."""
    announced = request.META.get("CONTENT_LENGTH") or "0"
    return not announced.isdecimal() or int(announced) > MAX_BYTES


def require_open_door(source: Source) -> None:
    """With no secret configured nobody can prove anything, so there is no door. Raises Refused."""
    if not source.is_open():
        raise Refused("door", 404)


def require_authenticity(source: Source, request: HttpRequest, body: bytes) -> None:
    """Raises Refused for whoever cannot prove to be the vendor."""
    if not source.is_authentic(request.headers, body):
        raise Refused("authenticity", source.refusal_status)


def require_structure(source: Source, body: bytes) -> Notice:
    """The event's names. Raises Refused for what no vendor would send."""
    parsed = parse_object(body)
    if parsed is None:
        raise Refused("structure", 400)
    notice = source.read(parsed)
    if not TYPE.fullmatch(notice.type) or not EXTERNAL_ID.fullmatch(notice.external_id):
        raise Refused("structure", 400)
    return notice


def parse_object(body: bytes) -> dict[str, object] | None:
    """The JSON object in `body`, or None when it holds anything else."""
    try:
        body.decode()
        return msgspec.json.decode(body, type=dict[str, object])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
