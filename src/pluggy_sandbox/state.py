"""Everything one simulated Pluggy remembers; the rules that change it live elsewhere."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from pluggy_sandbox.clock import Clock
from pluggy_sandbox.consents import Consent
from pluggy_sandbox.errors import NotFound
from pluggy_sandbox.ids import Ids
from pluggy_sandbox.items import Item
from pluggy_sandbox.quotas import QuotaBook
from pluggy_sandbox.shapes import Json
from pluggy_sandbox.switches import Switches
from pluggy_sandbox.timers import Timer, Timers


class Emit(Protocol):
    """Tells the subscribers that something happened to an item."""

    def __call__(self, event: str, item: Item, **fields: object) -> None: ...


@dataclass
class State:
    """The tables, the clock they live by, and the seed they were made from."""

    seed: int
    clock: Clock
    client_id: str
    client_secret: str
    base_url: str = "http://127.0.0.1"
    timers: Timers = field(default_factory=Timers)
    switches: Switches = field(default_factory=Switches)
    quotas: QuotaBook = field(default_factory=QuotaBook)
    connectors: dict[int, Json] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    consents: dict[str, Consent] = field(default_factory=dict)
    category_rules: dict[str, Json] = field(default_factory=dict)
    ids: Ids = field(init=False)

    def __post_init__(self) -> None:
        self.ids = Ids(self.seed)

    def now(self) -> datetime:
        return self.clock.now()

    def after(self, delay: float, action: "Action") -> Timer:
        """Call `action` once `delay` seconds of the virtual clock have passed."""
        return self.timers.at(self.now() + timedelta(seconds=delay), action)

    def item(self, item_id: str) -> Item:
        """The item with that id; raises NotFound."""
        item = self.items.get(item_id)
        if item is None:
            raise NotFound("item")
        return item

    def connector(self, connector_id: int) -> Json:
        """The connector with that id; raises NotFound."""
        connector = self.connectors.get(connector_id)
        if connector is None:
            raise NotFound("connector")
        return connector


class Action(Protocol):
    """Something a timer does."""

    def __call__(self) -> None: ...
