"""What goes wrong on the way, from a seed: lost, doubled, late, shuffled, damaged, repeated, and cuts and crashes."""

import itertools
import json
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import OperationalError, connection

Event = dict[str, Any]
LOST, DAMAGED, LATE, TWICE, OLD, CUT, CRASH = 0.15, 0.05, 0.25, 0.3, 0.1, 0.1, 0.2


class Crash(BaseException):
    """The process dies here: nothing after this statement happens."""


@dataclass
class Chaos:
    """One seed's mishaps. Without losses only duplicates, delays and order are played with."""

    seed: int
    has_losses: bool
    lost: int = 0
    crashes: int = 0
    cuts: int = 0
    _late: list[Event] = field(default_factory=list)
    _sent: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)

    def day(self, events: list[Event], *, is_last: bool) -> list[bytes]:
        """What reaches the door today, in this order."""
        today, self._late = [*events, *self._late], []
        reached: list[bytes] = []
        for event in today:
            reached += self._fate(event, is_last=is_last)
        self._sent += events
        if self._sent and self.dice.random() < OLD:
            reached += [_raw(old) for old in self.dice.sample(self._sent, min(5, len(self._sent)))]
        self.dice.shuffle(reached)
        return reached

    def _fate(self, event: Event, *, is_last: bool) -> list[bytes]:
        chance = self.dice.random
        is_payment = str(event.get("event", "")).startswith(
            "payment"
        )  # only told, so a lost one cannot be read again
        if self.has_losses and not is_payment:
            if chance() < LOST:
                self.lost += 1
                return []
            if chance() < DAMAGED:
                self.lost += 1
                return [self._damaged(event)]
        if chance() < LATE and not is_last:
            self._late.append(event)
            return []
        return [_raw(event)] * (2 if chance() < TWICE else 1)

    def _damaged(self, event: Event) -> bytes:
        raw = bytearray(_raw(event))
        raw[self.dice.randrange(len(raw))] ^= 1 << self.dice.randrange(7)
        return bytes(raw)

    def parts(self, reached: list[bytes]) -> list[list[bytes]]:
        """The day's deliveries in up to four parts, between which the workers find time."""
        cuts = sorted(self.dice.randrange(len(reached) + 1) for _ in range(self.dice.randrange(4)))
        edges = [0, *cuts, len(reached)]
        return [reached[start:end] for start, end in itertools.pairwise(edges)]

    def broker_is_away(self) -> bool:
        """Whether the message to the workers is lost now."""
        return self.has_losses and self.dice.random() < CUT

    @contextmanager
    def mishap(self, statements: int) -> Iterator[None]:
        """Perhaps the database is away for the block, or the process dies at some statement of it."""
        if not self.has_losses:
            yield
            return
        fate = self.dice.random()
        if fate < CUT:
            self.cuts += 1
            with connection.execute_wrapper(_away):
                yield
        elif fate < CUT + CRASH:
            self.crashes += 1
            with connection.execute_wrapper(_Dying(self.dice.randrange(1, statements))):
                yield
        else:
            yield


class _Dying:
    """Counts statements; from the n-th on nothing is executed any more."""

    def __init__(self, statements: int) -> None:
        self._left = statements

    def __call__(self, execute: Callable[..., Any], *statement: Any) -> Any:
        self._left -= 1
        if self._left <= 0:
            raise Crash
        return execute(*statement)


def _away(*_arguments: object) -> Any:
    raise OperationalError("the database is away")


def _raw(event: Event) -> bytes:
    return json.dumps(event).encode()
