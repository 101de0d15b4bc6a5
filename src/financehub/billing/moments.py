"""Stripe's whole seconds as moments."""

from datetime import UTC, datetime
from typing import overload


@overload
def moment(seconds: int) -> datetime: ...
@overload
def moment(seconds: None) -> None: ...
@overload
def moment(seconds: int | None) -> datetime | None: ...
def moment(seconds: int | None) -> datetime | None:
    """Aware, in UTC; None stays None."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
