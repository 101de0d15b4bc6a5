"""How our JSON is written: camelCase names, exact types, one writer."""

import msgspec
from django.http import HttpRequest
from ninja.renderers import BaseRenderer
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel


class In(BaseModel):
    """What a caller sends; names nobody knows are ignored."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="ignore")


class Out(BaseModel):
    """What we answer."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class FastJson(BaseRenderer):
    """Writes ids, days and moments as text, numbers as they are."""

    media_type = "application/json"

    def render(self, _request: HttpRequest, data: object, *, response_status: int) -> bytes:  # noqa: ARG002 - Ninja names it
        return msgspec.json.encode(data)
