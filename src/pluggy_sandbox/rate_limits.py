"""Requests per minute and address, counted in fixed windows of the virtual clock."""

from dataclasses import dataclass, field
from datetime import datetime

WINDOW_SECONDS = 60
RETRY_AFTER_SECONDS = 60
_FAMILIES = {"auth": 360, "accounts": 360, "transactions": 360, "investments": 360}


@dataclass(frozen=True)
class Family:
    """Endpoints that share one counter."""

    name: str
    limit: int


def family_of(method: str, path: str) -> Family | None:
    """The counter a request falls under; None where Pluggy publishes no limit."""
    parts = [part for part in path.split("/") if part]
    if parts[:1] == ["v2"]:
        parts = parts[1:]
    root = parts[0] if parts else ""
    if root == "items" and method == "PATCH":
        return Family("PATCH items", 20)
    if root == "auth" or method == "GET":
        return Family(root, _FAMILIES[root]) if root in _FAMILIES else None
    return None


@dataclass
class RateLimiter:
    """Counts; forgets a window as soon as the next one begins."""

    _window: int = 0
    _counts: dict[tuple[str, str], int] = field(default_factory=dict)

    def allow(self, address: str, family: Family, now: datetime) -> bool:
        window = int(now.timestamp()) // WINDOW_SECONDS
        if window != self._window:
            self._window, self._counts = window, {}
        count = self._counts.get((address, family.name), 0) + 1
        self._counts[address, family.name] = count
        return count <= family.limit

    def clear(self) -> None:
        self._counts.clear()


def headers(family: Family, now: datetime) -> dict[str, str]:
    """What a 429 carries. `Retry-After` is always 60, whatever is left of the window."""
    left = WINDOW_SECONDS - int(now.timestamp()) % WINDOW_SECONDS
    return {
        "RateLimit-Limit": str(family.limit),
        "RateLimit-Reset": str(left),
        "Retry-After": str(RETRY_AFTER_SECONDS),
    }
