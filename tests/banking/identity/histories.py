"""A random month of a card at the bank, and what a person wrote on it: the truth that the product must keep up with.

Every step is what a bank does to its rows: correct, rewrite, re-key, post, delete, show again, bring late, repeat.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from uuid import UUID

from tests.banking.identity.cards import Card, row
from tests.banking.identity.ledger import Json

from financehub.audit.recording import SYSTEM
from financehub.banking import editing
from financehub.banking.editing import Edit
from financehub.banking.models import ReviewRow, Transaction
from financehub.core import clock

SHOPS = ("PADARIA CENTRAL", "POSTO NORTE", "LIVRARIA SOL", "MERCADO AZUL", "FARMACIA VIDA", "CINEMA REX")


@dataclass
class Real:
    """One real purchase, as the bank shows it now (or does not)."""

    payload: Json
    is_shown: bool = True
    note: str | None = None


@dataclass
class History:
    """The bank's side of one card, and the person's."""

    card: Card
    rng: Random
    reals: list[Real] = field(default_factory=list)

    def begin(self) -> None:
        for _ in range(12):
            self.late()
        self.twin()
        self.show()

    def show(self) -> None:
        self.card.show(*(real.payload for real in self.shown))

    @property
    def shown(self) -> list[Real]:
        return [real for real in self.reals if real.is_shown]

    def step(self) -> None:
        """One change of the bank's mind, then what it shows."""
        steps: list[Callable[[], None]] = [
            self.correct, self.rewrite, self.rekey, self.rekey, self.rekey_all, self.post, self.delete, self.give_back,
            self.late, self.twin,
        ]  # fmt: skip
        self.rng.choice(steps)()
        self.show()

    def late(self) -> None:
        cents = self.rng.randrange(500, 40000)
        status = self.rng.choice(["POSTED", "POSTED", "PENDING"])
        shop = f"{self.rng.choice(SHOPS)} {self.rng.randrange(100, 999)}"
        day = self.rng.randrange(1, 40)
        self._bring(row("x", day=day, amount=cents / 100, description=shop, status=status))

    def twin(self) -> None:
        self._bring(dict(self.rng.choice(self.shown).payload))

    def correct(self) -> None:
        real = self.rng.choice(self.shown)
        real.payload["amount"] = round(real.payload["amount"] * self.rng.uniform(1.01, 1.1), 2)

    def rewrite(self) -> None:
        self.rng.choice(self.shown).payload["description"] += " *"

    def rekey(self) -> None:
        self._rekey(self.rng.choice(self.shown))

    def rekey_all(self) -> None:
        for real in self.shown:
            self._rekey(real)

    def post(self) -> None:
        pending = [real for real in self.shown if real.payload["status"] == "PENDING"]
        if pending:
            real = self.rng.choice(pending)
            real.payload["status"] = "POSTED"
            self._rekey(real)

    def delete(self) -> None:
        if len(self.shown) > 4:
            self.rng.choice(self.shown).is_shown = False

    def give_back(self) -> None:
        hidden = [real for real in self.reals if not real.is_shown]
        if hidden:
            self.rng.choice(hidden).is_shown = True

    def write_notes(self) -> None:
        """A person annotates some of what they see."""
        rows = Transaction.objects.of(self.card.item.company_id).visible()
        visible = {stored.pluggy_id: stored for stored in rows}
        unnoted = [r for r in self.shown if r.note is None and UUID(r.payload["id"]) in visible]
        for real in self.rng.sample(unnoted, min(3, len(unnoted))):
            stored = visible[UUID(real.payload["id"])]
            if stored.own_note is None:
                real.note = f"note {self.rng.getrandbits(40)}"
                editing.edit(row=stored, edit=Edit(note=real.note), by=SYSTEM)

    def verdicts(self) -> list[str]:
        """Where each note is: kept, queued, parked (its row is really gone), lost or wrong."""
        return [self._verdict(real) for real in self.reals if real.note]

    def _verdict(self, real: Real) -> str:
        holders = Transaction.objects.of(self.card.item.company_id).filter(own_note=real.note)
        holder = holders.first()
        if holder is None:
            return "lost"
        if holder.withdrawn_at is None:
            return "kept" if self._is_or_equals(real, str(holder.pluggy_id)) else "wrong"
        if not real.is_shown:
            return "parked"
        offers = ReviewRow.objects.of(holder.company_id).filter(
            of=holder, role="candidate", case__status="OPEN"
        )
        offered = {str(offer.transaction.pluggy_id) for offer in offers.select_related("transaction")}
        return "queued" if real.payload["id"] in offered else "lost"

    def _is_or_equals(self, real: Real, shown_id: str) -> bool:
        """Two equal purchases of which one went and one came are one to anybody who looks from outside."""
        payload = next(one.payload for one in self.shown if one.payload["id"] == shown_id)
        return (
            all(payload[name] == real.payload[name] for name in ("amount", "date")) or payload is real.payload
        )

    def _rekey(self, real: Real) -> None:
        if self.rng.random() < 0.1:
            real.payload["amount"] = round(real.payload["amount"] * self.rng.uniform(1.01, 1.1), 2)
        if self.rng.random() < 0.3:
            real.payload["description"] = f"PAG*{real.payload['description'].replace(' ', '')[:20]}"
        real.payload = {**real.payload, **self._fresh()}

    def _bring(self, payload: Json) -> None:
        self.reals.append(Real({**payload, **self._fresh()}))

    def _fresh(self) -> Json:
        moment = (clock.now() - timedelta(seconds=1)).isoformat()
        key = str(UUID(int=self.rng.getrandbits(128), version=4))
        return {"id": key, "createdAt": moment, "updatedAt": moment}
