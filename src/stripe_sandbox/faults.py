"""Misfortunes on demand: which requests they strike, how often, and what then happens."""

import random
from typing import Annotated, Literal

import msgspec

from stripe_sandbox.shapes import Json

Kind = Literal["rate_limit", "lock_timeout", "conflict", "error", "slow", "drop", "lost_answer"]


class Fault(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """One rule. `times` None strikes until it is removed; `path` is a prefix.

    `drop` breaks the connection before anything is done; `lost_answer` does everything, says nothing for so many
    seconds, and breaks it then.
    """

    kind: Kind
    id: str = ""
    method: str | None = None
    path: str = "/v1"
    status: Literal[500, 502, 503] = 500  # of kind "error"
    should_retry: bool | None = None  # of kind "error": the Stripe-Should-Retry header
    seconds: Annotated[float, msgspec.Meta(ge=0, le=600)] = 1.0  # of the kinds "slow" and "lost_answer"
    times: Annotated[int, msgspec.Meta(ge=1)] | None = None
    after: Annotated[int, msgspec.Meta(ge=0)] = 0  # requests that pass first
    chance: Annotated[float, msgspec.Meta(ge=0, le=1)] = 1.0
    struck: int = 0

    def matches(self, method: str, path: str) -> bool:
        return self.method in (None, method) and path.startswith(self.path)


def read_fault(body: Json) -> Fault:
    """A rule from the control plane; raises msgspec.ValidationError."""
    return msgspec.convert(body, Fault)


class Faults:
    """The rules in force, tried in the order they were added."""

    def __init__(self, seed: int) -> None:
        self.rules: dict[str, Fault] = {}
        self._dice = random.Random(f"faults:{seed}")

    def add(self, fault: Fault) -> Fault:
        self.rules[fault.id] = fault
        return fault

    def strike(self, method: str, path: str) -> Fault | None:
        """The fault that hits this request, counted; None when it is spared."""
        for fault in list(self.rules.values()):
            if not fault.matches(method, path):
                continue
            if fault.after > 0:
                fault.after -= 1
            elif self._dice.random() < fault.chance:
                fault.struck += 1
                if fault.times is not None and fault.struck >= fault.times:
                    del self.rules[fault.id]
                return fault
        return None
