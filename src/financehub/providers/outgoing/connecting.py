"""The socket under a guarded call: the name is resolved once, judged, and that very address is connected to.

Nothing between the judgement and the connection asks the name server again, so a name that changes its answer
(DNS rebinding) gains nothing. TLS still checks the certificate against the name.
"""

import ssl
import time
from collections.abc import Iterable, Sequence
from typing import Any

import httpcore
import httpx

from financehub.providers.outgoing import addresses
from financehub.providers.outgoing.addresses import Network


class Hurried(httpcore.NetworkStream):
    """A connection that ends at a deadline, however slowly the other side trickles."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = self._left(timeout, httpcore.ConnectTimeout)
        return Hurried(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)

    def _left(self, timeout: float | None, too_late: type[Exception]) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise too_late("deadline")
        return min(left, timeout) if timeout is not None else left


class GuardedBackend(httpcore.NetworkBackend):
    """Opens sockets only to what addresses.resolve allows, and none that outlives `seconds`."""

    def __init__(self, networks: Sequence[Network], seconds: float) -> None:
        self._networks, self._seconds = networks, seconds
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Raises Forbidden, Unresolvable, httpcore.ConnectError."""
        deadline = time.monotonic() + self._seconds
        *before, last = addresses.resolve(host, port, self._networks)
        for address in before:
            try:
                return Hurried(self._open(address, port, timeout, local_address, socket_options), deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return Hurried(self._open(last, port, timeout, local_address, socket_options), deadline)

    def _open(
        self,
        address: str,
        port: int,
        timeout: float | None,
        local_address: str | None,
        socket_options: Iterable[Any] | None,
    ) -> httpcore.NetworkStream:
        return self._plain.connect_tcp(address, port, timeout, local_address, socket_options)


class GuardedTransport(httpx.HTTPTransport):
    """httpx over guarded sockets, one request a connection, no proxy."""

    def __init__(self, networks: Sequence[Network], seconds: float) -> None:
        super().__init__()
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            max_connections=1,
            max_keepalive_connections=0,
            network_backend=GuardedBackend(networks, seconds),
        )
