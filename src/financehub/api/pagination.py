"""Pages of a list: the rows, and the cursor that continues after the last of them."""

from typing import Generic, TypeVar

from ninja import Field
from pydantic import ConfigDict

from financehub.api.shapes import In, Out

Row = TypeVar("Row")

DEFAULT_LIMIT = 50
MAX_LIMIT = 500


class PageOut(Out, Generic[Row]):
    """`next` is null at the end; pass it as `after` to go on. Rows that arrive meanwhile shift nothing."""

    results: list[Row]
    next: str | None = None


class PageIn(In):
    """Where to go on, and how far."""

    model_config = ConfigDict(extra="ignore")

    after: str | None = Field(None, max_length=200)
    limit: int = Field(DEFAULT_LIMIT, ge=1, le=MAX_LIMIT)
