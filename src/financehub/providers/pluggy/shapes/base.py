"""How Pluggy's JSON becomes typed objects: camelCase names, open words, exact decimals, bytes kept."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import msgspec

NOTHING = msgspec.Raw(b"")
NULL = msgspec.Raw(b"null")

Shaped = TypeVar("Shaped", bound="Shape")
Recorded = TypeVar("Recorded", bound="Record")


if TYPE_CHECKING:
    Moment: TypeAlias = datetime
    Text: TypeAlias = str
else:

    class _Stands(type):
        """Lets a parsed value be the plain type that the annotation only marks."""

        def __instancecheck__(cls, value: object) -> bool:
            return isinstance(value, cls.__mro__[1])

    class Moment(datetime, metaclass=_Stands):
        """A datetime as Pluggy writes them: with or without a clock, with or without a zone (then UTC)."""

    class Text(str, metaclass=_Stands):
        """A string that Pluggy may send as null, read as empty."""


class Shape(msgspec.Struct, rename="camel", kw_only=True, repr_omit_defaults=True):
    """A typed JSON object. Unknown fields are ignored; enumerations stay plain strings, open to new words."""

    def __getitem__(self, name: str) -> object:
        """The field by its own or its JSON name: `item["name"]`."""
        values: dict[str, object] = msgspec.structs.asdict(self)
        return values[_field_names(type(self)).get(name, name)]

    def __repr__(self) -> str:
        """Names the object without its content, so that a log or a traceback shows no bank data."""
        identity = msgspec.structs.asdict(self).get("id", "")
        return f"<{type(self).__name__} {identity}>"


class Record(Shape, kw_only=True):
    """A Shape that also keeps the bytes it was parsed from, for the hash and the raw store."""

    raw: msgspec.Raw = msgspec.field(name="(raw)", default=NOTHING)


class Envelope(Shape, kw_only=True):
    """The outside of a list: rows are split but not parsed yet."""

    results: list[msgspec.Raw]
    page: int = 1
    total_pages: int = 1
    total: int = 0
    next: str | None = None


def decode(shape: type[Shaped], body: bytes | msgspec.Raw) -> Shaped:
    """Parse one object. Raises msgspec.MsgspecError when the body is not of that shape."""
    return _parser(shape)(body)


def decode_record(shape: type[Recorded], raw: bytes | msgspec.Raw) -> Recorded:
    """Parse one object and keep its bytes beside it."""
    record = _parser(shape)(raw)
    record.raw = raw if isinstance(raw, msgspec.Raw) else msgspec.Raw(raw)
    return record


def decode_records(shape: type[Recorded], raws: list[msgspec.Raw]) -> list[Recorded]:
    """Parse split rows, each keeping a view of its own bytes in the page."""
    parse = _parser(shape)
    records = []
    for raw in raws:
        record = parse(raw)
        record.raw = raw
        records.append(record)
    return records


def _parser(shape: type[Shaped]) -> Callable[[bytes | msgspec.Raw], Shaped]:
    decoder: msgspec.json.Decoder[Shaped] = _decoder(shape)
    return decoder.decode


@cache
def _decoder(shape: type[Shape]) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(shape, dec_hook=_parse)


@cache
def _field_names(shape: type[Shape]) -> dict[str, str]:
    return {field.encode_name: field.name for field in msgspec.structs.fields(shape)}


def _parse(kind: type, value: object) -> object:
    """The plain value behind a marked annotation. Its errors never repeat the value."""
    if kind is Text and (value is None or isinstance(value, str)):
        return value or ""
    if kind is Moment and isinstance(value, str):
        return _moment(value)
    if kind is object:
        return value
    raise ValueError("of another type")


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError("not a date or time") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
