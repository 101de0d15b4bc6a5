"""What a conversation remembers: the step it waits in, and the lists whose buttons are still in the chat."""

from datetime import datetime

import msgspec

MOST_VIEWS = 20


class View(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A list that was shown: its filters, and the cursor that each page starts after."""

    account_id: str = ""
    text: str = ""
    cursors: list[str] = msgspec.field(default_factory=lambda: [""])


class Memory(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`step` names who takes the next free text, until `waits_until`; empty: nobody.

    What is said until `confidential_until` reaches no table, even when nobody waits for it any more.
    """

    step: str = ""
    facts: dict[str, str] = {}
    waits_until: datetime | None = None
    confidential_until: datetime | None = None
    views: dict[str, View] = {}

    def waiting(
        self, step: str, *, until: datetime, confidential_until: datetime | None = None, **facts: str
    ) -> "Memory":
        """The same, waiting for a free text. What was confidential stays so."""
        ends = max(filter(None, [confidential_until, self.confidential_until]), default=None)
        return msgspec.structs.replace(
            self, step=step, facts=facts, waits_until=until, confidential_until=ends
        )

    def idle(self) -> "Memory":
        """Waiting for nothing: what was asked for has come."""
        return msgspec.structs.replace(self, step="", facts={}, waits_until=None, confidential_until=None)

    def abandoned(self) -> "Memory":
        """Waiting for nothing; but what was asked in confidence may still come, and stays confidential."""
        return msgspec.structs.replace(self, step="", facts={}, waits_until=None)

    def forgotten(self) -> "Memory":
        """Nothing of it; but what was asked in confidence may still come, and stays confidential."""
        return Memory(confidential_until=self.confidential_until)

    def step_at(self, at: datetime) -> str:
        """Who takes a free text now."""
        return self.step if self.waits_until is not None and at < self.waits_until else ""

    def is_confidential(self, at: datetime) -> bool:
        """Whether a free text may be a secret that was asked for."""
        return self.confidential_until is not None and at < self.confidential_until

    def with_view(self, key: str, view: View) -> "Memory":
        """The same with a list; the oldest lists are forgotten."""
        kept = {name: known for name, known in self.views.items() if name != key}
        newest = dict(list(kept.items())[-(MOST_VIEWS - 1) :])
        return msgspec.structs.replace(self, views={**newest, key: view})


def read(stored: object) -> Memory:
    """The memory that was stored; an empty one for nothing, and for what an older version wrote."""
    try:
        return msgspec.convert(stored or {}, Memory)
    except msgspec.ValidationError:
        return Memory()
