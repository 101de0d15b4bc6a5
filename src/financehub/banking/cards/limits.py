"""Credit limits that several cards share count once. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Consolidation(StrEnum):
    """The vendor's words for whether a limit is of one card or of all."""

    SHARED = "CONSOLIDADO"
    OWN = "INDIVIDUAL"


class Sharing(StrEnum):
    """Why cards are taken to share a limit."""

    ALONE = "alone"
    SAID = "said"  # the bank calls it consolidated
    ADDITIONAL = "additional"  # an additional card of the same connection with the same limit
    SAME_NUMBERS = "same_numbers"  # one connection, the same limit with the same part free


@dataclass(frozen=True)
class CardLimit:
    """What one card says of its limit. `consolidation` is empty where the bank does not say."""

    account_id: UUID
    item_id: UUID | None
    currency: str
    limit_cents: int | None
    available_cents: int | None
    consolidation: str = ""
    is_additional: bool = False


@dataclass(frozen=True)
class SharedLimit:
    """One limit, and the cards that draw on it."""

    currency: str
    limit_cents: int
    available_cents: int | None
    account_ids: tuple[UUID, ...]
    why: Sharing

    @property
    def used_cents(self) -> int | None:
        return None if self.available_cents is None else max(0, self.limit_cents - self.available_cents)


def shared_limits(cards: Iterable[CardLimit]) -> list[SharedLimit]:
    """Each limit once, cards without one left out, in the order of their first card."""
    groups: list[list[CardLimit]] = []
    for card in cards:
        if card.limit_cents is None:
            continue
        group = next((one for one in groups if sharing(one[0], card) != Sharing.ALONE), None)
        if group is None:
            groups.append([card])
        else:
            group.append(card)
    return [_limit(group) for group in groups]


def sharing(one: CardLimit, other: CardLimit) -> Sharing:
    """Whether two cards draw on one limit, and how we know."""
    words = {one.consolidation, other.consolidation}
    if not _may_share(one, other) or words == {Consolidation.OWN}:
        return Sharing.ALONE
    if one.is_additional or other.is_additional:
        return Sharing.ADDITIONAL
    if one.available_cents is None or one.available_cents != other.available_cents:
        return Sharing.ALONE
    return Sharing.SAID if words == {Consolidation.SHARED} else Sharing.SAME_NUMBERS


def _may_share(one: CardLimit, other: CardLimit) -> bool:
    """Of one connection, in one currency, and as high."""
    return one.item_id is not None and (one.item_id, one.currency, one.limit_cents) == (
        other.item_id,
        other.currency,
        other.limit_cents,
    )


def _limit(group: Sequence[CardLimit]) -> SharedLimit:
    first = group[0]
    known = [card.available_cents for card in group if card.available_cents is not None]
    return SharedLimit(
        currency=first.currency,
        limit_cents=first.limit_cents or 0,
        available_cents=min(known) if known else None,
        account_ids=tuple(card.account_id for card in group),
        why=sharing(first, group[1]) if len(group) > 1 else Sharing.ALONE,
    )
