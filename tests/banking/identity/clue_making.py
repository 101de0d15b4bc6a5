"""Clues said shortly: a card purchase of R$ 47,30 on one day unless told else."""

from datetime import date, timedelta
from uuid import UUID, uuid5

from tests.banking.identity.cards import NAMESPACE

from financehub.banking.identity.clues import Clue

DAY = date(2026, 6, 10)


def clue(name: str, *, shift: int = 0, **fields: object) -> Clue:
    values: dict[str, object] = {
        "key": key(name),
        "direction": "DEBIT",
        "currency": "BRL",
        "amount_cents": -4730,
        "day": DAY + timedelta(days=shift),
        "status": "POSTED",
        "text": "PADARIA PAO QUENTE",
        **fields,
    }
    return Clue(**values)  # type: ignore[arg-type]


def key(name: str) -> UUID:
    return uuid5(NAMESPACE, name)
