"""What every knock passes before it is stored, in this order; each layer refuses in one way."""

import ipaddress
import re
from collections.abc import Sequence
from datetime import datetime

import msgspec
from django.http import HttpRequest

from financehub.core.client_address import client_address
from financehub.webhooks import door_keys
from financehub.webhooks.notices import Notice, Source

MAX_BYTES = 1024 * 1024
TYPE = re.compile(r"[\w./-]{1,80}", re.ASCII)
EXTERNAL_ID = re.compile(r"[\w.:-]{0,120}", re.ASCII)
LAYERS = ("method", "content_type", "size", "door", "address", "authenticity", "timestamp", "structure")
SETTING_ASIDE = ("replay", "type", "rate", "content")  # of what is authentic: stored once, and seen


class Refused(Exception):
    """The knock ends here: nothing is stored. `layer` names who refused, `status` is the answer."""

    def __init__(self, layer: str, status: int) -> None:
        super().__init__(layer)
        self.layer = layer
        self.status = status


def require_open_door(source: Source) -> None:
    """With no secret configured nobody can prove anything, so there is no door. Raises Refused."""
    if not door_keys.keys_of(source).values:
        raise Refused("door", 404)


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


def require_known_address(source: Source, request: HttpRequest) -> None:
    """Where the operator lists the vendor's networks, nobody knocks from elsewhere. Raises Refused."""
    networks = source.addresses()
    if networks and not _is_within(client_address(request), networks):
        raise Refused("address", source.refusal_status)


def _is_within(address: str | None, networks: Sequence[str]) -> bool:
    if address is None:
        return False
    known = [ipaddress.ip_network(network, strict=False) for network in networks]
    return any(ipaddress.ip_address(address) in network for network in known)


def require_authenticity(source: Source, request: HttpRequest, body: bytes) -> None:
    """Raises Refused for whoever cannot prove to be the vendor; a secret proved for the first time is confirmed."""
    keys = door_keys.keys_of(source)
    proved = source.proving(request.headers, body, keys.values)
    if proved is None:  # perhaps with a secret that another process made a moment ago
        keys = door_keys.keys_of(source, max_age=door_keys.READ_AGAIN_SECONDS)
        proved = source.proving(request.headers, body, keys.values)
    if proved is None:
        raise Refused("authenticity", source.refusal_status)
    if proved == keys.unconfirmed:
        door_keys.confirm(source, proved)


def require_freshness(source: Source, request: HttpRequest, at: datetime) -> None:
    """Raises Refused for what was signed more than five minutes ago, or ahead."""
    if not source.is_fresh(request.headers, at):
        raise Refused("timestamp", source.refusal_status)


def require_structure(source: Source, body: bytes, at: datetime) -> Notice:
    """The event's names. Raises Refused for what no vendor would send."""
    parsed = parse_object(body)
    if parsed is None:
        raise Refused("structure", 400)
    notice = source.read(parsed)
    if not TYPE.fullmatch(notice.type) or not EXTERNAL_ID.fullmatch(notice.external_id):
        raise Refused("structure", 400)
    if source.fault_of(notice, at):
        raise Refused("structure", 400)
    return notice


def parse_object(body: bytes) -> dict[str, object] | None:
    """The JSON object in `body`, or None when it holds anything else."""
    try:
        body.decode()
        return msgspec.json.decode(body, type=dict[str, object])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
