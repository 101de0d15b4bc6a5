"""How the simulated bank writes JSON: exact two-decimal money, vendor timestamps, repeatable ids."""

import hashlib
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import msgspec

Json = dict[str, object]

SAO_PAULO = ZoneInfo("America/Sao_Paulo")
_ENCODER = msgspec.json.Encoder(decimal_format="number")


def encode(value: object) -> bytes:
    """JSON bytes; a Decimal becomes a number with the digits it has (`Decimal("12.50")` is written 12.50)."""
    return _ENCODER.encode(value)


def reais(cents: int) -> Decimal:
    """Integer cents as a Decimal with exactly two decimals."""
    return Decimal(cents).scaleb(-2)


def stamp(moment: datetime) -> str:
    """A UTC instant in the vendor's spelling, `2026-11-25T13:04:05.678Z`."""
    utc = moment.astimezone(UTC)
    return f"{utc:%Y-%m-%dT%H:%M:%S}.{utc.microsecond // 1000:03d}Z"


def bare(day: date) -> str:
    """A day the institution reports without a time: UTC midnight."""
    return f"{day.isoformat()}T00:00:00.000Z"


def local_midnight(day: date) -> str:
    """A day reported as midnight in Sao Paulo: 03:00 UTC (Brazil has had no summer time since 2019)."""
    return f"{day.isoformat()}T03:00:00.000Z"


def local_day(moment: datetime) -> date:
    """The day a Brazilian calendar shows at that instant."""
    return moment.astimezone(SAO_PAULO).date()


def made_id(*parts: object) -> str:
    """A version-4-shaped UUID that is the same for the same parts."""
    text = hashlib.blake2b("|".join(map(str, parts)).encode(), digest_size=16).hexdigest()
    variant = "89ab"[int(text[16], 16) & 3]
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-{variant}{text[17:20]}-{text[20:]}"


def decode(body: bytes) -> Json:
    """A JSON object as a dict, numbers with a point as Decimal so that they are written back unchanged."""
    value = json.loads(body, parse_float=Decimal)
    if not isinstance(value, dict):
        raise TypeError("a JSON object was expected")
    return value


def parse(text: str) -> datetime:
    """An ISO day or instant; without a zone it is UTC. Raises ValueError when it is neither."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
