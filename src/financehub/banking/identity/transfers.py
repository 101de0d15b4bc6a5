"""Whether money that left one account is the money that reached another: evidence, never the amount alone. Pure."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

CERTAIN, ENOUGH, MARGIN = 100, 60, 15
MOST_DAYS, MOST_BILL_DAYS = 3, 5
SAME_PERSON_CATEGORY, CARD_PAYMENT_CATEGORY, INTERNAL_CATEGORY = "04", "0510", "0506"
OWN_WORDS = ("MESMA TITULARIDADE", "ENTRE CONTAS", "TRANSF PROPRIA", "CONTA PROPRIA")
BILL_WORDS = ("PAGAMENTO RECEBIDO", "PAGAMENTO DE FATURA", "PAGAMENTO FATURA", "PAGTO FATURA", "PGTO FATURA",
              "PAG FATURA", "FATURA CARTAO", "PAGAMENTO CARTAO", "PAGTO CARTAO")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Side:
    """One end of a movement. Documents are blind indexes; `other_account`: digits of the account named beyond."""

    key: UUID
    account_id: UUID
    is_card: bool
    amount_cents: int
    currency: str
    day: date
    text: str
    category_id: str = ""
    operation: str = ""
    owner: str = ""
    other_owner: str = ""
    account_number: str = ""
    other_account: str = ""
    reference: str = ""
    item_id: UUID | None = None
    bill_totals: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Verdict:
    """How sure it is, why, and what it is."""

    score: int
    reasons: tuple[str, ...]
    is_bill: bool


def speaks_of_own_money(text: str) -> bool:
    """Whether a normalised description alone calls it a transfer to oneself or the payment of a card's bill."""
    return any(words in text for words in (*OWN_WORDS, *BILL_WORDS))


def judge(sent: Side, received: Side) -> Verdict | None:
    """Points for money out of `sent` and into `received`; None when it cannot be one movement."""
    days = abs((sent.day - received.day).days)
    is_bill = received.is_card
    cannot = (
        sent.account_id == received.account_id
        or sent.is_card
        or sent.amount_cents != -received.amount_cents
        or sent.currency != received.currency
        or days > (MOST_BILL_DAYS if is_bill else MOST_DAYS)
    )
    if cannot:
        return None
    found = (_bill_points if is_bill else _transfer_points)(sent, received)
    if found and days <= 1:
        found.append((10 - 5 * days, "same_day" if days == 0 else "near_day"))
    return Verdict(sum(worth for worth, _ in found), tuple(code for _, code in found), is_bill)


def _transfer_points(sent: Side, received: Side) -> list[tuple[int, str]]:
    found = []
    if sent.reference and sent.reference == received.reference:
        found.append((CERTAIN, "payment_reference"))
    if sent.other_owner and sent.other_owner == received.owner:
        found.append((40, "receiver_is_owner"))
    if received.other_owner and received.other_owner == sent.owner:
        found.append((40, "payer_is_owner"))
    if sent.other_account and sent.other_account == received.account_number:
        found.append((40, "account_number"))
    if any(_is_own(side) for side in (sent, received)):
        found.append((25, "own_transfer_words"))
    return found


def _is_own(side: Side) -> bool:
    return side.category_id.startswith((SAME_PERSON_CATEGORY, INTERNAL_CATEGORY)) or any(
        words in side.text for words in OWN_WORDS
    )


def _bill_points(sent: Side, received: Side) -> list[tuple[int, str]]:
    found = []
    if _pays_bill(sent):
        found.append((35, "sent_as_bill_payment"))
    if _pays_bill(received):
        found.append((35, "received_as_bill_payment"))
    if received.amount_cents in received.bill_totals:
        found.append((20, "bill_total"))
    if sent.item_id is not None and sent.item_id == received.item_id:
        found.append((10, "same_bank"))
    return found if any(code.endswith("bill_payment") for _, code in found) else []


def _pays_bill(side: Side) -> bool:
    return (
        side.category_id.startswith(CARD_PAYMENT_CATEGORY)
        or side.operation == "PAGAMENTO_FATURA"
        or any(words in side.text for words in BILL_WORDS)
    )
