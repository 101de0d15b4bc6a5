"""One plain request without credentials: does an address answer, and what time is it there?"""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx


class Unreachable(Exception):
    """Nothing answered: the name, the route, the port or the certificate is wrong."""


@dataclass(frozen=True)
class Answer:
    """What came back; `clock_offset` is their clock minus ours in seconds, None when they do not tell."""

    status: int
    clock_offset: float | None


def probe(url: str, *, timeout: float = 5.0) -> Answer:
    """Ask the address for its head. Raises Unreachable."""
    try:
        response = httpx.head(url, timeout=timeout, follow_redirects=False)
    except (httpx.TransportError, httpx.InvalidURL) as failure:
        raise Unreachable(str(failure) or type(failure).__name__) from failure
    return Answer(response.status_code, _offset(response.headers.get("date")))


def _offset(stated: str | None) -> float | None:
    """Seconds between the stated date and now; a date has whole seconds, so half of one is added."""
    if stated is None:
        return None
    try:
        theirs = parsedate_to_datetime(stated)
    except ValueError:
        return None
    return (theirs - datetime.now(UTC)).total_seconds() + 0.5  # noqa: TID251 - it is the system's clock we judge
