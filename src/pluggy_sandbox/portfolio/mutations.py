"""The bank changes its mind about rows it showed: edits, new ids, late rows, deletions, returns."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from pluggy_sandbox.catalogue.tree import category_name, is_category
from pluggy_sandbox.portfolio import texts, wire
from pluggy_sandbox.portfolio.ledger import Ledger, row_from
from pluggy_sandbox.portfolio.model import AccountChanges, Changes, Portfolio
from pluggy_sandbox.portfolio.wire import Json

_RECENT = timedelta(days=60)


class MutationRefused(ValueError):
    """A mutation that cannot be done: unknown kind, account or row, or no row it could apply to."""


def require_possible(portfolio: Portfolio, *, kind: str, account_id: str) -> None:
    """Raises MutationRefused for what no state of the account's rows would allow."""
    if kind not in KINDS:
        raise MutationRefused(f"unknown kind {kind!r}; one of {', '.join(KINDS)}")
    if account_id not in portfolio.ledgers:
        raise MutationRefused(f"no account {account_id}")


def mutate(
    portfolio: Portfolio, *, kind: str, account_id: str, now: datetime, seed: int, params: Json
) -> Changes:
    """Apply one mutation of `KINDS` to an account and tell what changed.

    `params`: `transactionId` picks the row (else `seed` draws a recent one); see KINDS for the others.
    Raises MutationRefused.
    """
    require_possible(portfolio, kind=kind, account_id=account_id)
    changes = Changes()
    KINDS[kind](
        Step(
            portfolio,
            account_id,
            now,
            Random(f"{seed}|{kind}|{wire.stamp(now)}"),
            params,
            changes.of(account_id),
        )
    )
    return changes


@dataclass
class Step:
    """One mutation under way on one account."""

    portfolio: Portfolio
    account_id: str
    now: datetime
    rng: Random
    params: Json
    changes: AccountChanges

    @property
    def ledger(self) -> Ledger:
        return self.portfolio.ledgers[self.account_id]

    def pick(self, *, status: str | None = None) -> Json:
        """The row that `transactionId` names, or a recent one. Raises MutationRefused."""
        wanted = self.params.get("transactionId")
        if wanted is not None:
            body = self.ledger.get(str(wanted))
            if body is None:
                raise MutationRefused(f"no transaction {wanted} in account {self.account_id}")
            return wire.decode(body)
        oldest, today = wire.stamp(self.now - _RECENT), wire.stamp(self.now)
        rows = [row for row in self.ledger.newest() if status or row.date <= today]
        recent = [row for row in rows if row.date >= oldest] or rows
        fields = [wire.decode(row.body) for row in recent]
        fitting = [one for one in fields if status is None or one["status"] == status]
        if not fitting:
            raise MutationRefused(
                f"no {status or ''} row to change in account {self.account_id}".replace("  ", " ")
            )
        return self.rng.choice(fitting)

    def update(self, fields: Json, edits: Json) -> None:
        """Change a row in place: the id stays."""
        changed = fields | edits | {"updatedAt": wire.stamp(self.now)}
        self._correct(counted(changed, self.now) - counted(fields, self.now))
        self.ledger.replace(row_from(changed))
        self.portfolio.edits.setdefault(str(fields["id"]), {}).update(edits)
        self.changes.updated.append(str(fields["id"]))

    def create(self, fields: Json) -> str:
        """Add a row that was never seen, under a fresh id, created now."""
        stamp = wire.stamp(self.now)
        fresh = wire.made_id(self.account_id, fields["id"], stamp, self.rng.random())
        row = row_from(fields | {"id": fresh, "createdAt": stamp, "updatedAt": stamp})
        self.ledger.add(row)
        self._correct(counted(fields, self.now))
        self.changes.note_created([fresh], row.date, row.created)
        return fresh

    def delete(self, fields: Json) -> None:
        """Take a row away; it may come back with `return`."""
        row = self.ledger.remove(str(fields["id"]))
        self.portfolio.withdrawn.setdefault(self.account_id, []).append(row.body)
        self._correct(-counted(fields, self.now))
        self.changes.deleted.append(row.id)

    def restore(self, fields: Json) -> None:
        """Put a deleted row back under its own id."""
        stamp = wire.stamp(self.now)
        row = row_from(fields | {"createdAt": stamp, "updatedAt": stamp})
        self.ledger.add(row)
        self._correct(counted(fields, self.now))
        self.changes.note_created([row.id], row.date, row.created)

    def rekey(self, fields: Json, edits: Json) -> None:
        """Delete the row and create it again under another id, as the vendor does when its key changes."""
        old = str(fields["id"])
        self.delete(fields)
        self.portfolio.withdrawn[self.account_id].pop()
        new = self.create(fields | edits)
        first = next((name for name, shown in self.portfolio.renamed.items() if shown == old), old)
        self.portfolio.renamed[first] = new
        self.portfolio.edits[new] = self.portfolio.edits.pop(old, {}) | edits

    def _correct(self, cents: int) -> None:
        """Move the account's balance with its rows."""
        account = self.portfolio.account(self.account_id)
        if account is None or not cents:
            return
        self.portfolio.corrections[self.account_id] = (
            self.portfolio.corrections.get(self.account_id, 0) + cents
        )
        balance = account["balance"]
        if isinstance(balance, Decimal):
            account["balance"] = balance + wire.reais(cents)
        bank_data = account.get("bankData")
        if isinstance(bank_data, dict):
            bank_data["closingBalance"] = account["balance"]
        account["updatedAt"] = wire.stamp(self.now)


def counted(fields: Json, now: datetime) -> int:
    """Cents by which a row moves its account's balance: posted bank rows, card rows not in the future."""
    is_card = fields["creditCardMetadata"] is not None
    counts = str(fields["date"]) <= wire.stamp(now) if is_card else fields["status"] == "POSTED"
    converted = fields["amountInAccountCurrency"]
    amount = fields["amount"] if converted is None else converted
    return int(Decimal(str(amount)) * 100) if counts else 0


def _amount(step: Step) -> None:
    fields = step.pick()
    key = "amount" if fields["amountInAccountCurrency"] is None else "amountInAccountCurrency"
    wanted = step.params.get("amount")
    old = Decimal(str(fields[key]))
    new = (
        Decimal(str(wanted)).quantize(Decimal("0.01")) if wanted is not None else old + (1 if old > 0 else -1)
    )
    step.update(fields, {key: new})


def _description(step: Step) -> None:
    fields = step.pick()
    words = str(step.params.get("description") or f"{fields['description']} *".strip())
    step.update(fields, {"description": words})


def _category(step: Step) -> None:
    category = str(step.params.get("categoryId") or "08000000")
    if not is_category(category):
        raise MutationRefused(f"no category {category}")
    step.update(step.pick(), {"categoryId": category, "category": category_name(category)})


def _rekey(step: Step) -> None:
    fields = step.pick()
    words = step.params.get("description")
    step.rekey(fields, {"description": str(words)} if words else {})


def _post(step: Step) -> None:
    step.update(step.pick(status="PENDING"), {"status": "POSTED"})


def _post_rekeyed(step: Step) -> None:
    step.rekey(step.pick(status="PENDING"), {"status": "POSTED"})


def _unpost(step: Step) -> None:
    step.update(step.pick(status="POSTED"), {"status": "PENDING"})


def _late(step: Step) -> None:
    """A row of some days ago that was missing until now."""
    _invented(step, _count(step, "days", 5), texts.LATE_ROW)


def _backdated(step: Step) -> None:
    """A row far in the past, outside the look-back of an ordinary sync."""
    _invented(step, _count(step, "days", 120), texts.BACKDATED)


def _invented(step: Step, days: int, words: str) -> None:
    fields = step.pick()
    date = str(
        step.params.get("date") or wire.local_midnight(wire.local_day(step.now) - timedelta(days=days))
    )
    cents = int(Decimal(str(step.params.get("amount") or "-42.90")) * 100)
    is_card = fields["creditCardMetadata"] is not None
    outgoing = cents > 0 if is_card else cents < 0
    step.create(
        fields
        | {
            "description": str(step.params.get("description") or words),
            "descriptionRaw": None,
            "amount": wire.reais(cents),
            "currencyCode": "BRL",
            "amountInAccountCurrency": None,
            "type": "DEBIT" if outgoing else "CREDIT",
            "date": date,
            "balance": None,
            "status": "POSTED",
            "providerId": None,
            "paymentData": None,
            "merchant": None,
        }
    )


def _delete(step: Step) -> None:
    step.delete(step.pick())


def _return(step: Step) -> None:
    """The last deleted row comes back: under its old id, or a new one with `newId`."""
    bodies = step.portfolio.withdrawn.get(step.account_id)
    if not bodies:
        raise MutationRefused(f"no deleted row to return in account {step.account_id}")
    fields = wire.decode(bodies.pop())
    if step.params.get("newId"):
        step.create(fields)
        return
    step.restore(fields)


def _redate(step: Step) -> None:
    """A card row moves to the other side of a bill's closing (any row: by `days`), which changes its id."""
    fields = step.pick()
    moment = wire.parse(str(fields["date"])) + timedelta(days=_count(step, "days", 3))
    edits: Json = {"date": wire.stamp(moment)}
    if step.params.get("keepId"):
        step.update(fields, edits)
        return
    step.rekey(fields, edits)


def _split(step: Step) -> None:
    """One row becomes two that add up to it, under new ids."""
    fields = step.pick()
    cents = int(Decimal(str(fields["amount"])) * 100)
    step.delete(fields)
    for number, part in enumerate((cents // 2, cents - cents // 2), start=1):
        words = f"{fields['description']} {texts.SPLIT.format(number=number)}"
        step.create(fields | {"amount": wire.reais(part), "description": words, "balance": None})


def _twin(step: Step) -> None:
    """A second row equal to one there is: same day, same words, same amount."""
    step.create(step.pick() | {"balance": None, "providerId": None})


def _count(step: Step, name: str, default: int) -> int:
    value = step.params.get(name, default)
    if not isinstance(value, int):
        raise MutationRefused(f"{name} must be a whole number")
    return value


KINDS: dict[str, Callable[[Step], None]] = {
    "amount": _amount,  # amount
    "description": _description,  # description
    "category": _category,  # categoryId
    "rekey": _rekey,  # description
    "post": _post,  # pending to posted, same id
    "post_rekeyed": _post_rekeyed,  # pending to posted, new id
    "unpost": _unpost,
    "late": _late,  # days, date, amount, description
    "backdated": _backdated,  # the same
    "delete": _delete,
    "return": _return,  # newId
    "redate": _redate,  # days, keepId
    "split": _split,
    "twin": _twin,
}
