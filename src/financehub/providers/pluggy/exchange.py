"""How a call reaches Pluggy: key, limits, circuit, retries, and an error that says what to do."""

import logging
import time
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self, TypeVar
from urllib.parse import urlsplit

import httpx
import msgspec
import structlog

from financehub.providers.circuits import Breaker
from financehub.providers.pluggy import metering
from financehub.providers.pluggy.answers import is_outage, refusal_of, seconds_asked, storable
from financehub.providers.pluggy.calls import Call, Repeat
from financehub.providers.pluggy.errors import (
    PluggyDenied,
    PluggyError,
    PluggyGarbled,
    PluggyRateLimited,
    PluggyUnavailable,
    Refusal,
    error_for,
)
from financehub.providers.pluggy.keys import KeyStore, token_end
from financehub.providers.pluggy.limits import Family, Limiter
from financehub.providers.pluggy.settings import ClientSettings
from financehub.providers.pluggy.shapes.base import Shape, decode

# httpx logs whole addresses at INFO, ids and documents in the query included.
logging.getLogger("httpx").setLevel(logging.WARNING)

log = structlog.get_logger("pluggy")

Answer = TypeVar("Answer", bound=Shape)


class _ApiKey(Shape, kw_only=True):
    api_key: str


@dataclass(frozen=True)
class Credentials:
    client_id: str
    client_secret: str = field(repr=False)


class Exchange:
    """One pooled HTTP client, safe to share between threads."""

    def __init__(
        self,
        credentials: Credentials,
        base_url: str,
        keys: KeyStore,
        limiter: Limiter,
        settings: ClientSettings,
    ) -> None:
        self._credentials = credentials
        self._keys = keys
        self._limiter = limiter
        self._settings = settings
        host = urlsplit(base_url).netloc
        self._breaker = Breaker(settings.circuits, host, settings.circuit_threshold, settings.circuit_delay)
        self._http = httpx.Client(
            base_url=base_url,
            timeout=settings.timeout,
            transport=settings.transport,
            proxy=settings.proxy,
            trust_env=False,
            limits=httpx.Limits(max_connections=settings.max_connections, keepalive_expiry=30.0),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()

    def read(self, call: Call, shape: type[Answer]) -> Answer:
        """Make the call and parse its answer. Raises PluggyError."""
        return self.parse(call, self.send(call), shape)

    def parse(self, call: Call, body: bytes, shape: type[Answer]) -> Answer:
        """Raises PluggyGarbled when the body is not of that shape."""
        try:
            return decode(shape, body)
        except msgspec.MsgspecError as error:
            raise garbled(call, error) from None

    def send(self, call: Call) -> bytes:
        """The body of the answer; empty on 204. A key that Pluggy no longer takes is renewed once."""
        key = self._key()
        try:
            return self._send_with_retries(call, key)
        except PluggyDenied as denial:
            if denial.code:
                raise
        return self._send_with_retries(call, self._key(rejected=key))

    def _key(self, rejected: str | None = None) -> str:
        """A usable key; one caller at a time logs in, whoever waited takes what it got."""
        stored = self._keys.get()
        if stored and stored.key != rejected and stored.expires_at > self._settings.clock():
            return stored.key
        with self._keys.lock():
            stored = self._keys.get()
            if stored and stored.key != rejected and stored.expires_at > self._settings.clock():
                return stored.key
            return self._log_in()

    def _log_in(self) -> str:
        body = {"clientId": self._credentials.client_id, "clientSecret": self._credentials.client_secret}
        call = Call("POST", "/auth", body=body, family=Family.AUTH)
        key = self.parse(call, self._send_with_retries(call, None), _ApiKey).api_key
        now = self._settings.clock()
        end = token_end(key)
        longest = now + self._settings.key_ttl
        self._keys.put(key, longest if end is None else min(longest, end - self._settings.key_margin))
        return key

    def _send_with_retries(self, call: Call, key: str | None) -> bytes:
        attempt = 1
        while True:
            try:
                return self._send_once(call, key, attempt)
            except (PluggyUnavailable, PluggyRateLimited) as error:
                wait = self._wait_before_retry(call, error, attempt)
                if wait is None:
                    raise
            self._settings.sleep(wait)
            attempt += 1

    def _wait_before_retry(self, call: Call, error: PluggyError, attempt: int) -> float | None:
        """Seconds until the next attempt; None when there is none."""
        settings = self._settings
        if attempt >= settings.attempts or not _may_repeat(call, error):
            return None
        spread = min(settings.backoff_limit, settings.backoff * 2 ** (attempt - 1)) * settings.dice()
        asked = error.retry_after if isinstance(error, PluggyUnavailable | PluggyRateLimited) else None
        wait = spread + (asked or 0.0)
        return wait if wait <= settings.longest_wait else None

    def _send_once(self, call: Call, key: str | None, attempt: int) -> bytes:
        path = call.path()
        wait = self._breaker.seconds_to_wait(self._settings.clock())
        if wait > 0:
            raise PluggyUnavailable(Refusal(str(call), 0, "CIRCUIT_OPEN", retry_after=wait))
        self._limiter.acquire(call.family)
        metering.tick()
        started = time.perf_counter()
        try:
            response = self._http.request(
                call.method, path, params=call.params(), content=_encoded(call), headers=_headers(key)
            )
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            self._breaker.record_failure(self._settings.clock())
            self._log(call, type(error).__name__, started, attempt)
            code = "TIMEOUT" if isinstance(error, httpx.TimeoutException) else "NETWORK_ERROR"
            raise PluggyUnavailable(Refusal(str(call), 0, code)) from None
        self._log(call, response.status_code, started, attempt)
        return self._judged(call, response)

    def _judged(self, call: Call, response: httpx.Response) -> bytes:
        if response.is_success:
            self._breaker.record_success()
            return storable(response.content)
        wait = seconds_asked(response.headers, self._settings.clock())
        refusal = refusal_of(str(call), response.status_code, response.content, wait)
        if is_outage(refusal):
            self._breaker.record_failure(self._settings.clock())
        else:
            self._breaker.record_success()
        raise error_for(refusal)

    def _log(self, call: Call, status: int | str, started: float, attempt: int) -> None:
        milliseconds = round((time.perf_counter() - started) * 1000)
        write = log.debug if isinstance(status, int) and status < 400 else log.info
        write(
            "pluggy.call",
            method=call.method,
            path=call.template,
            status=status,
            ms=milliseconds,
            attempt=attempt,
        )


def garbled(call: Call, reason: object) -> PluggyGarbled:
    """msgspec's reasons hold paths and types only, as long as no shape uses enumerations or tags."""
    return PluggyGarbled(Refusal(str(call), 200, "GARBLED", message=str(reason)))


def _may_repeat(call: Call, error: PluggyError) -> bool:
    """A 429 with a code is a spent quota and an open circuit closes by itself: neither is worth a retry."""
    if isinstance(error, PluggyRateLimited):
        return not error.code and call.repeat is not Repeat.NEVER
    return call.repeat is Repeat.ALWAYS and error.code != "CIRCUIT_OPEN"


def _encoded(call: Call) -> bytes | None:
    return None if call.body is None else msgspec.json.encode(call.body)


def _headers(key: str | None) -> dict[str, str]:
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    return headers if key is None else {**headers, "X-API-KEY": key}
