"""One simulated Stripe account: its objects, its clocks, its events, and what is yet to happen to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from stripe_sandbox.agenda import Agenda
from stripe_sandbox.clock import Clock
from stripe_sandbox.errors import NoSuchObject
from stripe_sandbox.faults import Faults
from stripe_sandbox.ids import Ids
from stripe_sandbox.sending import Sender
from stripe_sandbox.shapes import Json, blank, rendered
from stripe_sandbox.store import Store
from stripe_sandbox.switches import Switches

API_VERSION = "2026-10-28.endive"
DEFAULT_SECRET_KEY = "sk_test_stripe_in_a_box"
SETTLE_SECONDS = 10.0
MOST_STEPS = 100_000
Job: TypeAlias = "Callable[[World, str], None]"


@dataclass(frozen=True)
class Settings:
    """How the program was started."""

    seed: int = 7
    secret_key: str = DEFAULT_SECRET_KEY
    webhook_secret: str | None = None  # every endpoint gets this one instead of its own
    base_url: str = "http://127.0.0.1"


@dataclass(frozen=True)
class Origin:
    """The API request under way, told in the events it causes."""

    request_id: str | None = None
    idempotency_key: str | None = None


class World:
    """Owns the state; the rules that change it live in `engine`."""

    def __init__(self, settings: Settings, jobs: Mapping[str, Job], clock: Clock | None = None) -> None:
        self.settings, self._jobs = settings, jobs
        self.clock = clock or Clock()
        self.switches = Switches()
        self.origin = Origin()
        self._begin(settings.seed)

    def _begin(self, seed: int) -> None:
        self.store, self.agenda, self.ids, self.faults = Store(), Agenda(), Ids(seed), Faults(seed)
        self.clocks: dict[str, Clock] = {"": self.clock}
        self.sender = Sender(self, seed)
        self.requests: list[Json] = []
        self.answers: dict[str, Json] = {}
        self.outcomes: dict[str, list[str]] = {}

    async def reset(self) -> None:
        """Forget everything but the time."""
        await self.sender.close()
        self.switches = Switches()
        self._begin(self.settings.seed)

    # -- time ----------------------------------------------------------------------------------

    def clock_of(self, customer: object) -> str:
        """The id of the test clock a customer lives by; empty for the clock of the box."""
        found = self.store.find("customer", customer if isinstance(customer, str) else None)
        return str((found or {}).get("test_clock") or "")

    def now(self, customer: object = None) -> int:
        return self.clocks[self.clock_of(customer)].now()

    def later(self, moment: int, job: str, subject: str, customer: object = None) -> None:
        """Write down that `job` is to be done to `subject`."""
        self.agenda.at(moment, job, subject, self.clock_of(customer))

    def tick(self, clock: str = "") -> None:
        """Do everything due by now."""
        for _ in range(MOST_STEPS):
            due = self.agenda.take(self.clocks[clock].now(), clock)
            if due is None:
                return
            self._jobs[due.job](self, due.subject)

    async def advance(self, moment: int, clock: str = "") -> None:
        """Move a clock to `moment`, stopping wherever something happens, so that it is told before the next."""
        while (due := self.agenda.next_due(clock)) is not None and due <= moment:
            self.clocks[clock].move_to(due)
            self.tick(clock)
            if clock:
                self.tick()
            await self.sender.settle(SETTLE_SECONDS)
        self.clocks[clock].move_to(moment)

    # -- objects -------------------------------------------------------------------------------

    def new_id(self, prefix: str) -> str:
        return self.ids.make(prefix)

    def make(self, kind: str, prefix: str, **fields: Any) -> Json:
        """A new object in the store: every field the vendor sends, and `fields` on top."""
        document = blank(kind)
        document |= {"id": self.ids.make(prefix)} if prefix else {}
        if "created" in document:
            document["created"] = self.now(fields.get("customer"))
        document |= fields
        return self.store.add(document)

    def change(self, document: Json, event: str | None = None, **fields: Any) -> Json:
        """Set fields; tells `event` when something is different. Returns the previous values."""
        previous = {
            key: rendered(document.get(key)) for key, value in fields.items() if document.get(key) != value
        }
        document |= fields
        if event and previous:
            self.emit(event, document, previous)
        return previous

    def find_customer(self, object_id: object, param: str = "customer") -> Json:
        """A living customer; raises NoSuchObject."""
        found = self.store.get("customer", object_id, param)
        if found.get("deleted"):
            raise NoSuchObject("customer", str(object_id), param, 400)
        return found

    # -- events --------------------------------------------------------------------------------

    def emit(self, kind: str, document: Json, previous: Json | None = None) -> Json:
        """An event with the object as it is now, kept and sent to who listens."""
        event = self._event(kind, document, previous)
        self.sender.dispatch(event)
        if self.sender.twin_wanted():
            self.sender.dispatch(self._event(kind, document, previous))
        return event

    def _event(self, kind: str, document: Json, previous: Json | None) -> Json:
        body: Json = {"object": rendered(document)}
        if previous is not None:
            body["previous_attributes"] = previous
        event = blank("event")
        del event["account"], event["context"]
        event |= {
            "id": self.ids.make("evt"),
            "api_version": API_VERSION,
            "created": self.now(document.get("customer")),
            "type": kind,
            "data": body,
            "pending_webhooks": len(self.sender.listeners(kind)),
            "request": {"id": self.origin.request_id, "idempotency_key": self.origin.idempotency_key},
        }
        return self.store.add(event)

    def describe(self) -> Json:
        """A summary for the control plane."""
        return {
            "now": self.now(),
            "frozen": self.clock.frozen,
            "objects": self.store.counts(),
            "waiting": len(self.agenda),
            "base_url": self.settings.base_url,
        }
