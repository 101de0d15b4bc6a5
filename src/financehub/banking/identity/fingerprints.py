"""Where ids fail (a new Item, a file): equal facts and the position among equals say which row is which. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from financehub.banking.identity.clues import Clue


@dataclass(frozen=True, slots=True)
class Placed:
    """A row's facts, and what orders it among its equals."""

    clue: Clue
    order: int
    occurred_at: datetime


def pairs(olds: Sequence[Placed], news: Sequence[Placed]) -> list[tuple[UUID, UUID, str]]:
    """First by the bank's own id, then the n-th of equals with the n-th; each row once, with its reason."""
    found = [(old, new, "provider_id") for old, new in _by_provider(olds, news)]
    taken = {key for old, new, _ in found for key in (old, new)}
    left = _families(one for one in olds if one.clue.key not in taken)
    right = _families(one for one in news if one.clue.key not in taken)
    for family, members in left.items():
        others = right.get(family, [])
        if len(members) == len(others):
            found += [
                (old.clue.key, new.clue.key, "fingerprint") for old, new in zip(members, others, strict=True)
            ]
    return found


def _by_provider(olds: Sequence[Placed], news: Sequence[Placed]) -> list[tuple[UUID, UUID]]:
    by_id: dict[tuple[str, int], list[UUID]] = defaultdict(list)
    for one in news:
        if one.clue.provider_id:
            by_id[one.clue.provider_id, one.clue.amount_cents].append(one.clue.key)
    counts: dict[tuple[str, int], list[UUID]] = defaultdict(list)
    for one in olds:
        if one.clue.provider_id:
            counts[one.clue.provider_id, one.clue.amount_cents].append(one.clue.key)
    return [
        (keys[0], by_id[mark][0])
        for mark, keys in counts.items()
        if len(keys) == 1 and len(by_id.get(mark, ())) == 1
    ]


def _families(rows: Iterable[Placed]) -> dict[tuple[object, ...], list[Placed]]:
    """Equal rows together, in the order of the day."""
    families: dict[tuple[object, ...], list[Placed]] = defaultdict(list)
    for row in rows:
        clue = row.clue
        facts = (clue.day, clue.amount_cents, clue.currency, clue.text, clue.installment)
        families[facts].append(row)
    for members in families.values():
        members.sort(key=lambda one: (one.order, one.occurred_at, str(one.clue.key)))
    return families
