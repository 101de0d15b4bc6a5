"""Which pairs are worth comparing: near in days, or tied by the bank's own marks however far apart."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from financehub.banking.identity.clues import Clue
from financehub.banking.identity.likeness import FARTHEST_DAYS

Mark = tuple[str, object, object]
DAYS = [timedelta(days=number) for number in range(-FARTHEST_DAYS, FARTHEST_DAYS + 1)]


def pairs_worth_comparing(olds: Sequence[Clue], news: Sequence[Clue]) -> Iterator[tuple[Clue, Clue]]:
    """Each such pair once."""
    by_day: dict[date, list[Clue]] = defaultdict(list)
    by_mark: dict[Mark, list[Clue]] = defaultdict(list)
    for new in news:
        by_day[new.day].append(new)
        for mark in _marks(new):
            by_mark[mark].append(new)
    for old in olds:
        found = {new.key: new for shift in DAYS for new in by_day.get(old.day + shift, ())}
        found |= {new.key: new for mark in _marks(old) for new in by_mark.get(mark, ())}
        yield from ((old, new) for new in found.values())


def _marks(clue: Clue) -> Iterable[Mark]:
    if clue.provider_id:
        yield "provider_id", clue.provider_id, None
    if clue.reference:
        yield "reference", clue.reference, None
    if clue.purchase_day:
        yield "purchase", clue.purchase_day, clue.installment
