"""One event on its way to one endpoint: its tries, its end, and the calendar of retries."""

from dataclasses import dataclass, field

from stripe_sandbox.shapes import Json

HOUR = 3600
# Three days in all, each wait longer than the last; the vendor publishes only the three days.
WAITS = (300, 1800, 2 * HOUR, 5 * HOUR, 10 * HOUR, 24 * HOUR, 30 * HOUR)
PENDING, DELIVERED, GAVE_UP, LOST = "pending", "delivered", "gave_up", "lost"


@dataclass(frozen=True)
class Attempt:
    """One POST: when, what came back (None: nothing did), and why it failed."""

    at: int
    status: int | None
    error: str | None
    distortion: str | None = None

    @property
    def succeeded(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


@dataclass(kw_only=True)
class Delivery:
    """A row of the delivery log."""

    id: str
    endpoint: str
    event: Json
    created: int
    state: str = PENDING
    attempts: list[Attempt] = field(default_factory=list)
    next_attempt: int | None = None

    def after_attempt(self, attempt: Attempt) -> int | None:
        """Write the attempt down; seconds to wait for the next one, or None when this was the last."""
        self.attempts.append(attempt)
        self.next_attempt = None
        if attempt.succeeded:
            self.state = DELIVERED
            return None
        if len(self.attempts) > len(WAITS):
            self.state = GAVE_UP
            return None
        return WAITS[len(self.attempts) - 1]

    def to_json(self) -> Json:
        return {
            "id": self.id,
            "event": self.event["id"],
            "type": self.event["type"],
            "endpoint": self.endpoint,
            "state": self.state,
            "created": self.created,
            "next_attempt": self.next_attempt,
            "attempts": [
                {"at": one.at, "status": one.status, "error": one.error, "distortion": one.distortion}
                for one in self.attempts
            ],
        }
