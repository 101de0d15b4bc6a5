"""How likely a withdrawn row and a new one are the same movement: points with their reasons, or a contradiction.

The points are a table on purpose: a person can read why two rows were joined. What contradicts (another direction,
another parcela, another person) rules a pair out whatever else agrees; only the bank's own id or a payment's
reference overrides a difference.
"""

from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import lru_cache

from financehub.banking.identity.clues import Clue

CERTAIN = 200
SAME_AMOUNT, ROUND_AMOUNT, CLOSE_AMOUNT, NEAR_AMOUNT, OTHER_AMOUNT = 40, -12, 18, -5, -25
SAME_TEXT, LIKE_TEXT, SOME_TEXT = 30, 20, 8
SAME_DAY, BY_DAYS = 20, {1: 14, 2: 11, 3: 9}
FURTHER, FARTHEST_DAYS = -20, 10
SAME_INSTALLMENT, SAME_PURCHASE, OTHER_PURCHASE = 25, 10, -45
SAME_CARD, OTHER_CARD, SAME_MCC, OTHER_MCC = 2, -25, 5, -20
SAME_PERSON, BECAME_POSTED, HABIT = 20, 6, -30
BOTH_DIFFER, ROUND_CENTS = -15, 1000
SURE_OF_DAY = {"same_day", "purchase_day"}
FARTHEST_PURCHASE_DAYS = 400

Points = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Likeness:
    """The sum of the points, and the codes of what agreed."""

    score: int
    reasons: tuple[str, ...] = ()


def compare(old: Clue, new: Clue, *, is_habit: bool = False) -> Likeness | None:
    """Points for one pair; None when they cannot be one movement. `is_habit`: the same purchase recurs nearby."""
    if (old.direction, old.currency) != (new.direction, new.currency):
        return None
    certain = _certain(old, new)
    if certain:
        return Likeness(CERTAIN, (certain,))
    if _differs(old.installment, new.installment) or _differs(old.counterparty, new.counterparty):
        return None
    when = _when(old, new, is_habit=is_habit)
    if when is None:
        return None
    text = _text(old, new)
    points = [*_amount(old, new), *when, *text, *_marks(old, new), *_doubts(old, new, when, text)]
    if is_habit and old.amount_cents != new.amount_cents:
        points.append((BOTH_DIFFER, ""))
    return Likeness(sum(worth for worth, _ in points), tuple(code for worth, code in points if worth > 0))


def _doubts(old: Clue, new: Clue, when: list[Points], text: list[Points]) -> list[Points]:
    """What agrees by chance too easily: two things that differ at once, and round amounts."""
    is_sure_of_day = any(code in SURE_OF_DAY for _, code in when)
    is_same_amount = old.amount_cents == new.amount_cents
    if not is_sure_of_day and not (is_same_amount and text):
        return [(BOTH_DIFFER, "")]
    is_round = is_same_amount and old.installment is None and old.amount_cents % ROUND_CENTS == 0
    if is_round and not is_sure_of_day:
        return [(HABIT, "")]
    if is_round and not text:
        return [(ROUND_AMOUNT, "")]
    return []


def _certain(old: Clue, new: Clue) -> str:
    """What the bank itself says is the same, as long as the money agrees."""
    if old.amount_cents != new.amount_cents:
        return ""
    if old.provider_id and old.provider_id == new.provider_id:
        return "provider_id"
    if old.reference and old.reference == new.reference:
        return "payment_reference"
    return ""


def _differs(old: object, new: object) -> bool:
    return old is not None and new is not None and old != new


def _amount(old: Clue, new: Clue) -> list[Points]:
    if old.amount_cents == new.amount_cents:
        return [(SAME_AMOUNT, "same_amount")]
    apart, size = abs(old.amount_cents - new.amount_cents), max(1, abs(old.amount_cents))
    if apart * 100 <= size * 15 or apart <= 100:
        return [(CLOSE_AMOUNT, "close_amount")]
    if size <= abs(new.amount_cents) * 2 and abs(new.amount_cents) <= size * 2:
        return [(NEAR_AMOUNT, "")]
    return [(OTHER_AMOUNT, "")]


def _when(old: Clue, new: Clue, *, is_habit: bool) -> list[Points] | None:
    """Points of the days; None when they are too far apart."""
    days = abs((old.day - new.day).days)
    bought = _purchase(old.purchase_day, new.purchase_day)
    if bought == SAME_PURCHASE:
        same = [(SAME_DAY, "purchase_day")]
        if old.installment:
            same.append((SAME_PURCHASE, "installment_purchase"))
        return same if days <= FARTHEST_PURCHASE_DAYS else None
    points = [(bought, "")]
    if is_habit and days:
        points.append((HABIT, ""))
    if days == 0:
        return [*points, (SAME_DAY, "same_day")]
    if days in BY_DAYS:
        return [*points, (BY_DAYS[days], "near_day")]
    return [*points, (FURTHER, "")] if days <= FARTHEST_DAYS else None


def _purchase(old: date | None, new: date | None) -> int:
    if old is None or new is None:
        return 0
    return SAME_PURCHASE if old == new else OTHER_PURCHASE


def _text(old: Clue, new: Clue) -> list[Points]:
    ratio = max(
        likeness_of_texts(*sorted(pair))
        for pair in ((old.text, new.text), (old.raw_text, new.raw_text))
    )  # fmt: skip
    if ratio >= 1:
        return [(SAME_TEXT, "same_text")]
    if ratio >= 0.75:
        return [(LIKE_TEXT, "like_text")]
    return [(SOME_TEXT, "some_text")] if ratio >= 0.5 else []


@lru_cache(maxsize=65536)
def likeness_of_texts(left: str, right: str) -> float:
    """0 to 1; nothing is like nothing."""
    if not left or not right:
        return 0.0
    if left == right:
        return 1.0
    one, other = left.replace(" ", ""), right.replace(" ", "")
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) >= 6 and longer.startswith(shorter):
        return 0.9
    words, others = set(left.split()), set(right.split())
    shared = sum(len(word) for word in words & others) / max(1, min(len(one), len(other)))
    return min(0.99, max(shared * 0.9, SequenceMatcher(None, one, other, autojunk=False).ratio()))


def _marks(old: Clue, new: Clue) -> list[Points]:
    """What else agrees or does not: parcela, card, kind of shop, person, and becoming posted."""
    points: list[Points] = []
    if old.installment and old.installment == new.installment:
        points.append((SAME_INSTALLMENT, "installment"))
    if old.counterparty and old.counterparty == new.counterparty:
        points.append((SAME_PERSON, "counterparty"))
    points += _either(old.card_last4, new.card_last4, SAME_CARD, OTHER_CARD, "card")
    points += _either(old.mcc, new.mcc, SAME_MCC, OTHER_MCC, "mcc")
    if (old.status, new.status) == ("PENDING", "POSTED"):
        points.append((BECAME_POSTED, "posted"))
    return points


def _either(old: str | None, new: str | None, same: int, other: int, code: str) -> list[Points]:
    if old is None or new is None:
        return []
    return [(same, code)] if old == new else [(other, "")]
