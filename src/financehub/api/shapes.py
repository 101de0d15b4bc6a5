"""How our JSON is written: camelCase names, exact types, one writer."""

import msgspec
from django.http import HttpRequest
from ninja.renderers import BaseRenderer
from pydantic import BaseModel, ConfigDict, field_validator
from pydantic.alias_generators import to_camel


def _holds_nul(value: object) -> bool:
    if isinstance(value, dict):
        return any(_holds_nul(one) for pair in value.items() for one in pair)
    if isinstance(value, list | tuple | set | frozenset):
        return any(_holds_nul(one) for one in value)
    return isinstance(value, str) and "\x00" in value


class In(BaseModel):
    """What a caller sends; names nobody knows are ignored."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="ignore")

    @field_validator("*")
    @classmethod
    def _is_text_for_any_database(cls, value: object) -> object:
        """PostgreSQL keeps no NUL in a text."""
        if _holds_nul(value):
            raise ValueError("holds a NUL character")
        return value


class Out(BaseModel):
    """What we answer."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class FastJson(BaseRenderer):
    """Writes ids, days and moments as text, numbers as they are."""

    media_type = "application/json"

    def render(self, _request: HttpRequest, data: object, *, response_status: int) -> bytes:  # noqa: ARG002 - Ninja names it
        return msgspec.json.encode(data)
