"""The circuit breaker: when Stripe keeps failing, stop asking for a while, then let one call try."""

import threading
import time

THRESHOLD = 5
REST_SECONDS = 20.0


class Circuit:
    """Failures in a row of one process; opens after THRESHOLD of them for `rest` seconds."""

    def __init__(self, *, threshold: int = THRESHOLD, rest: float = REST_SECONDS) -> None:
        self._threshold, self._rest = threshold, rest
        self._failures, self._shut_until = 0, 0.0
        self._lock = threading.Lock()

    def lets_through(self) -> bool:
        """Whether a call may go out now; after a rest the first to ask goes and holds the others back."""
        with self._lock:
            if self._failures < self._threshold:
                return True
            if time.monotonic() < self._shut_until:
                return False
            self._shut_until = time.monotonic() + self._rest
            return True

    def note(self, *, is_well: bool) -> None:
        """Write down how a call ended."""
        with self._lock:
            self._failures = 0 if is_well else self._failures + 1
            if self._failures >= self._threshold:
                self._shut_until = time.monotonic() + self._rest
