"""One call to Stripe: timed, logged without its body, its failures in our own words, held back while Stripe is away."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar, cast
from urllib.parse import urlsplit

import msgspec
import structlog

from financehub.providers.circuits import Breaker, CircuitStore
from financehub.providers.late import LateModule
from financehub.providers.stripe.errors import (
    StripeActionNeeded,
    StripeAuthFailed,
    StripeCallFailed,
    StripeCardDeclined,
    StripeKeyReused,
    StripeMissing,
    StripeRefused,
    StripeUnavailable,
)

if TYPE_CHECKING:
    import stripe
else:
    stripe = LateModule("stripe")


ShapeT = TypeVar("ShapeT", bound=msgspec.Struct)

ACTION_CODES = {"invoice_payment_intent_requires_action", "authentication_required"}
AWAY = "circuit_open"
FAILURES_IN_A_ROW, REST_SECONDS = 5, 20.0  # so many open the circuit, for so long
TIMEOUT_SECONDS = (5, 30)  # to connect, to answer; the client's own 80 are too long for a web request
RETRIES = 2  # by the client itself, with the same key; none without this number
BY_STATUS = {
    0: StripeUnavailable,
    401: StripeAuthFailed,
    403: StripeAuthFailed,
    404: StripeMissing,
    409: StripeUnavailable,
    429: StripeUnavailable,
}

log = structlog.get_logger()


def client_of(api_key: str, api_version: str, addresses: dict[str, str]) -> "stripe.StripeClient":
    """The official client as every call here wants it: a named version, bounded time, retries, no telemetry."""
    vars(import_module("stripe"))["enable_telemetry"] = False
    return stripe.StripeClient(
        api_key,
        stripe_version=api_version,
        base_addresses=cast("Any", addresses),
        max_network_retries=RETRIES,
        http_client=stripe.RequestsClient(timeout=TIMEOUT_SECONDS),
    )


class Caller:
    """Runs calls of the official client one by one; `circuits` may be shared between processes."""

    def __init__(self, api_base: str, circuits: CircuitStore) -> None:
        self._breaker = Breaker(circuits, urlsplit(api_base).netloc, FAILURES_IN_A_ROW, REST_SECONDS)

    def ask(self, name: str, call: "Callable[[], stripe.StripeObject]", shape: type[ShapeT]) -> ShapeT:
        """The answer in our shape. `name` is method and path template. Raises StripeCallFailed."""
        with self.spoken(name):
            return as_shape(call(), shape)

    @contextmanager
    def spoken(self, name: str) -> Iterator[None]:
        """The block is one call to Stripe (or the pages of one list)."""
        if self._breaker.seconds_to_wait(time.time()) > 0:
            raise StripeUnavailable(name, 0, AWAY)
        started = time.monotonic()
        try:
            yield
        except stripe.StripeError as error:
            failure = in_our_words(name, error)
            self._note(is_well=not isinstance(failure, StripeUnavailable))
            _log(name, failure.status, failure.code, started)
            raise failure from None
        except msgspec.ValidationError:
            _log(name, 200, "unexpected_shape", started)
            raise StripeCallFailed(name, 200, "unexpected_shape") from None
        self._note(is_well=True)
        _log(name, 200, "", started)

    def _note(self, *, is_well: bool) -> None:
        if is_well:
            self._breaker.record_success()
        else:
            self._breaker.record_failure(time.time())


def as_shape(found: "stripe.StripeObject", shape: type[ShapeT]) -> ShapeT:
    """What we read of an object. Raises msgspec.ValidationError."""
    return msgspec.convert(found.to_dict(for_json=True), shape)


def in_our_words(name: str, error: "stripe.StripeError") -> StripeCallFailed:
    """The class that says what a caller can do about it."""
    if isinstance(error, stripe.CardError):
        return _declined(name, error)
    status, code = error.http_status or 0, error.code or type(error).__name__
    kind: type[StripeCallFailed] = StripeRefused
    if isinstance(error, stripe.IdempotencyError):
        kind = StripeKeyReused
    elif code in ACTION_CODES:
        kind = StripeActionNeeded
    elif status in BY_STATUS:
        kind = BY_STATUS[status]
    elif status >= 500:
        kind = StripeUnavailable
    return kind(name, status, code)


def _declined(name: str, error: "stripe.CardError") -> StripeCallFailed:
    code = error.code or "card_declined"
    told = error.error.to_dict(for_json=True) if error.error is not None else {}
    decline = str(told.get("decline_code") or "")
    if code in ACTION_CODES or decline in ACTION_CODES:
        return StripeActionNeeded(name, 402, code)
    return StripeCardDeclined(name, code, decline, str(told.get("advice_code") or ""))


def _log(name: str, status: int, code: str, started: float) -> None:
    milliseconds = round((time.monotonic() - started) * 1000)
    log.info("stripe_called", call=name, status=status, code=code, ms=milliseconds)
