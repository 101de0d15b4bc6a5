"""What a non-2xx answer of Pluggy tells: its code, its words, and how long to wait."""

import math
import re
from collections.abc import Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime

import msgspec

from financehub.providers.pluggy.errors import Refusal, RejectedDetail

EPOCH_NOT_SECONDS = 1_000_000_000
# One escape of a JSON text: both halves of a character, one half, NUL, or any other (so that `\\u0000` stays a text).
ESCAPE = re.compile(
    rb"\\(?:(?P<pair>u[dD][89abAB]..\\u[dD][c-fC-F]..)|(?P<half>u[dD][89a-fA-F]..)|(?P<nul>u0000)|.)",
    re.DOTALL,
)
INSTEAD = {"half": rb"\ufffd", "nul": b""}
SUSPECTS = (rb"\u0000", rb"\ud", rb"\uD")


class _Detail(msgspec.Struct):
    code: str | int | None = None
    message: str | None = None
    parameter: str | None = None


class _Problem(msgspec.Struct, rename="camel"):
    code_description: str | None = None
    message: str | list[str] | None = None
    details: list[_Detail] | None = None
    errors: list[_Detail] | None = None
    items: list[str] | None = None
    data: dict[str, object] | None = None


def storable(body: bytes) -> bytes:
    """The JSON text without the two kinds of characters that no database holds.

    NUL says nothing and goes; half a surrogate pair (an emoji cut in two) becomes U+FFFD.
    """
    if not any(suspect in body for suspect in SUSPECTS):
        return body
    return ESCAPE.sub(lambda found: INSTEAD.get(found.lastgroup or "", found[0]), body)


def refusal_of(call: str, status: int, body: bytes, retry_after: float | None) -> Refusal:
    """Reads the error body as far as it is one: a proxy's HTML page leaves only the status."""
    try:
        problem = msgspec.json.decode(body, type=_Problem)
    except msgspec.MsgspecError:
        return Refusal(call, status, retry_after=retry_after)
    details = (
        RejectedDetail(str(one.code or ""), one.message or "", one.parameter or "")
        for one in problem.details or problem.errors or []
    )
    data = problem.data or {}
    scalars = ((name, str(value)) for name, value in data.items() if isinstance(value, str | int | float))
    return Refusal(
        call=call,
        status=status,
        code=_code(problem.code_description),
        message=_words(problem.message),
        details=tuple(details),
        items=tuple(problem.items or ()),
        data=tuple(scalars),
        retry_after=retry_after,
    )


def seconds_asked(headers: Mapping[str, str], now: float) -> float | None:
    """`Retry-After` (seconds or a date), else `RateLimit-Reset` (seconds or an epoch); never negative."""
    return _wait(headers.get("retry-after"), now) or _wait(headers.get("ratelimit-reset"), now)


def is_outage(refusal: Refusal) -> bool:
    """A 5xx of Pluggy itself; one that names another cause speaks of the institution behind it."""
    return refusal.status >= 500 and refusal.code in {"", "INTERNAL_SERVER_ERROR"}


def _wait(text: str | None, now: float) -> float | None:
    if not text:
        return None
    try:
        seconds = float(text)
    except ValueError:
        return _until_date(text, now)
    if not math.isfinite(seconds):
        return None
    return max(0.0, seconds - now if seconds > EPOCH_NOT_SECONDS else seconds)


def _until_date(text: str, now: float) -> float | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() - now)


def _code(text: str | None) -> str:
    """Only a code-like word: it is shown in logs, so it must not smuggle a body."""
    return text if text and len(text) <= 80 and text.replace("_", "").isalnum() else ""


def _words(message: str | list[str] | None) -> str:
    return ", ".join(message) if isinstance(message, list) else message or ""
