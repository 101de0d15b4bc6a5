"""One guarded POST to an address that somebody else chose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx

from financehub.providers.outgoing.addresses import Forbidden, Network, Unresolvable
from financehub.providers.outgoing.connecting import GuardedTransport

SECONDS = 15.0  # for the whole call
LONGEST_PAUSE = 24 * 3600.0


class NotReached(Exception):
    """No answer came; `reason` is a short word: forbidden_address, unresolvable, timeout, tls, connection."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Answer:
    """The status, and how many seconds the other side asked us to wait (Retry-After), if it did."""

    status: int
    retry_after: float | None

    @property
    def is_ok(self) -> bool:
        return 200 <= self.status < 300


def post(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    networks: Sequence[Network] = (),
    seconds: float = SECONDS,
) -> Answer:
    """Send it once. The answer's body is not read, a redirect is an answer like any other. Raises NotReached."""
    with httpx.Client(
        transport=GuardedTransport(networks, seconds),
        follow_redirects=False,
        trust_env=False,
        timeout=seconds,
    ) as client:
        try:
            with client.stream("POST", url, content=body, headers=dict(headers)) as response:
                return Answer(response.status_code, seconds_asked(response.headers.get("retry-after")))
        except Forbidden as refusal:
            raise NotReached("forbidden_address") from refusal
        except Unresolvable as failure:
            raise NotReached("unresolvable") from failure
        except httpx.TimeoutException as failure:
            raise NotReached("timeout") from failure
        except (httpx.TransportError, httpx.InvalidURL, httpx.StreamError) as failure:
            raise NotReached("tls" if "certificate" in str(failure).lower() else "connection") from failure


def seconds_asked(stated: str | None) -> float | None:
    """Retry-After in seconds, from seconds or a date; None for anything else, a day at the most."""
    if not stated:
        return None
    if stated.isascii() and stated.strip().isdigit():
        return min(float(stated), LONGEST_PAUSE)
    try:
        moment = parsedate_to_datetime(stated)
    except ValueError:
        return None
    if moment.tzinfo is None:
        return None
    left = (moment - datetime.now(UTC)).total_seconds()  # noqa: TID251 - providers have no clock of ours
    return min(max(left, 0.0), LONGEST_PAUSE)


def is_web_address(url: str, *, plain: bool) -> bool:
    """Whether it is an https address with a host and no password in it; `plain` lets http pass as well."""
    try:
        parts = urlsplit(url)
        has_host = bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False
    schemes = {"https", "http"} if plain else {"https"}
    return parts.scheme in schemes and has_host and parts.username is None and not parts.fragment
