"""Where a connection stands, as steps a person can follow."""

from dataclasses import dataclass, field

from financehub.banking import consents, freshness, problems
from financehub.banking.consents import ConsentSheet
from financehub.banking.freshness import ProductState
from financehub.banking.problems import Problem, Severity
from financehub.banking.reports import ConnectionCard
from financehub.core import clock
from financehub.web import texts
from financehub.web.texts import Advice, Words

STAGE_OF = {
    "ACCOUNTS_IN_PROGRESS": "accounts",
    "CREDITCARDS_IN_PROGRESS": "cards",
    "TRANSACTIONS_IN_PROGRESS": "transactions",
    "INVESTMENTS_IN_PROGRESS": "others",
    "INVESTMENTS_TRANSACTIONS_IN_PROGRESS": "others",
    "INVESTMENT_TRANSACTIONS_IN_PROGRESS": "others",
    "PAYMENT_DATA_IN_PROGRESS": "others",
    "IDENTITY_IN_PROGRESS": "others",
    "LOANS_IN_PROGRESS": "others",
    "ACCOUNT_STATEMENTS_IN_PROGRESS": "others",
    "MERGING": "merging",
    "SUCCESS": "sync",
    "PARTIAL_SUCCESS": "sync",
}
WAITING = {"waiting_input", "waiting_action"}
TONES = {Severity.NOTICE: "", Severity.WARNING: "wait", Severity.ERROR: "bad"}


@dataclass(frozen=True)
class Panel:
    """A connection as the pages show it: its numbers, its words, its next step."""

    card: ConnectionCard
    advice: Advice
    step: str
    tone: str
    consent: ConsentSheet
    stale: list[ProductState] = field(default_factory=list)


@dataclass(frozen=True)
class Step:
    """One stage: `done`, happening `now`, where it `stopped`, or still to come (empty)."""

    words: Words
    state: str


def panel(card: ConnectionCard) -> Panel:
    """Numbers and words of one connection together."""
    consent = consents.sheet(card.item, at=clock.now())
    return Panel(card, advice(card), next_step(card), tone(card), consent, stale=freshness.stale(card.item))


def steps(card: ConnectionCard) -> list[Step]:
    """The stages of an execution at the bank, then ours."""
    names = [name for name, _ in texts.STAGES]
    reached = len(names) if is_complete(card) else names.index(STAGE_OF.get(card.item.stage, "login"))
    here = "now" if is_moving(card) or card.state in WAITING else "stopped"
    return [
        Step(words, "done" if place < reached else here if place == reached else "")
        for place, (_, words) in enumerate(texts.STAGES)
    ]


def is_complete(card: ConnectionCard) -> bool:
    """Whether the bank was read and what it said is here."""
    return card.item.is_healthy and card.open_sync is None and not card.item.has_news


def is_moving(card: ConnectionCard) -> bool:
    """Whether something happens without the person."""
    return card.state == "updating" or (
        card.item.is_healthy and not is_complete(card) and not card.failed_sync
    )


def advice(card: ConnectionCard) -> Advice:
    """What to say about a connection that is not simply fine."""
    problem = _problem(card)
    if problem is not None:
        return texts.advice_for(problem.code)
    return texts.advice_for("SYNC_FAILED") if card.failed_sync else texts.CALM


def next_step(card: ConnectionCard) -> str:
    """The button that helps: reconnect, connect anew, answer, refresh, sync, or none.

    What refreshes itself (MeuPluggy) is never offered a refresh or a renewal, which the vendor refuses.
    """
    problem = _problem(card)
    if problem is None:
        return "sync" if card.failed_sync else ""
    if card.state in WAITING:
        return "answer"
    if problems.may_be_refreshed(card.item):
        return problem.step
    return {"reconnect": "connect", "refresh": "sync"}.get(problem.step, problem.step)


def tone(card: ConnectionCard) -> str:
    """How loudly the page says it."""
    problem = _problem(card)
    return TONES[problem.severity] if problem else "wait"


def _problem(card: ConnectionCard) -> Problem | None:
    return problems.problem_of(card.item, at=clock.now())
