"""One event on its way to one address: its tries, its end, and the calendar of retries."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pluggy_sandbox.clock import optional_stamp, stamp
from pluggy_sandbox.shapes import Json

TRIES_PER_BATCH = 3
BATCH_DELAYS = (timedelta(0), timedelta(minutes=15), timedelta(hours=2))
MAX_TRIES = TRIES_PER_BATCH * len(BATCH_DELAYS)
IMMEDIATE_ONLY = frozenset({"item/login_succeeded"})
NEVER_RETRIED = frozenset({401})

PENDING, DELIVERED, GAVE_UP, LOST = "PENDING", "DELIVERED", "GAVE_UP", "LOST"


@dataclass(frozen=True)
class Attempt:
    """One POST: when, what came back (None: nothing did), and why it failed."""

    at: datetime
    status: int | None
    error: str | None
    milliseconds: int

    @property
    def succeeded(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    def to_json(self) -> Json:
        return {
            "at": stamp(self.at),
            "status": self.status,
            "error": self.error,
            "milliseconds": self.milliseconds,
        }


@dataclass(kw_only=True)
class Delivery:
    """A row of the delivery log."""

    id: str
    url: str
    payload: Json
    created_at: datetime
    webhook_id: str | None = None  # None: the item's own webhookUrl, which gets no headers
    state: str = PENDING
    attempts: list[Attempt] = field(default_factory=list)
    next_attempt_at: datetime | None = None

    @property
    def event(self) -> str:
        return str(self.payload["event"])

    def after_attempt(self, attempt: Attempt) -> timedelta | None:
        """Write the attempt down; how long to wait for the next one, or None when this was the last."""
        self.attempts.append(attempt)
        self.next_attempt_at = None
        if attempt.succeeded:
            self.state = DELIVERED
            return None
        tries = len(self.attempts)
        limit = TRIES_PER_BATCH if self.event in IMMEDIATE_ONLY else MAX_TRIES
        if attempt.status in NEVER_RETRIED or tries >= limit:
            self.state = GAVE_UP
            return None
        return BATCH_DELAYS[tries // TRIES_PER_BATCH] if tries % TRIES_PER_BATCH == 0 else timedelta(0)

    def to_json(self) -> Json:
        return {
            "id": self.id,
            "event": self.event,
            "eventId": self.payload.get("eventId"),
            "url": self.url,
            "webhookId": self.webhook_id,
            "state": self.state,
            "createdAt": stamp(self.created_at),
            "nextAttemptAt": optional_stamp(self.next_attempt_at),
            "attempts": [attempt.to_json() for attempt in self.attempts],
            "payload": self.payload,
        }
