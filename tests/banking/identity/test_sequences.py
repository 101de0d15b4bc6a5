"""Any changes at the bank, read in any batches, crashing anywhere, by two workers: the end is that of one quiet read.

Tens of random histories by default; `pytest tests/banking/identity --seeds 500` for more.
"""

from contextlib import suppress
from random import Random
from typing import Any

from tests.banking.identity.cards import Card, connect_card
from tests.banking.identity.histories import History
from tests.banking.identity.ledger import Crashed
from tests.builders import make_company

from financehub.banking import syncing
from financehub.banking.models import Sync, Transaction
from financehub.core import clock
from financehub.core.errors import Conflict

SEEDS = 24
SHOWN = ("pluggy_id", "amount_cents", "date", "description", "status", "type", "installment_number")


def pytest_generate_tests(metafunc: Any) -> None:
    if "seed" in metafunc.fixturenames:
        metafunc.parametrize("seed", range(metafunc.config.getoption("--seeds") or SEEDS))


def what_a_person_sees(card: Card) -> set[tuple[object, ...]]:
    rows = Transaction.objects.of(card.item.company_id).filter(account__item=card.item).visible()
    return set(rows.values_list(*SHOWN))


def read_somehow(history: History) -> None:
    """One sync that may crash, be overtaken by another worker, see small pages, or not be allowed to withdraw."""
    card, rng = history.card, history.rng
    ledger = card.ledger
    ledger.page_size = rng.choice([2, 3, 500])
    ledger.is_fresh = rng.random() > 0.15
    sync = opened(card, full=rng.random() > 0.4)
    ending = rng.choice(["quiet", "quiet", "crash", "overtaken"])
    if ending == "crash":
        ledger.fuse = rng.randrange(1, 12)
    if ending == "overtaken":
        ledger.interrupt_at(rng.randrange(1, 10), lambda: run_again(card, sync))
    with suppress(Crashed, Conflict):  # Conflict: somebody else has the Sync, or has finished it
        syncing.run_sync(sync_id=sync.pk, vendor=ledger.client())
    ledger.fuse, ledger.is_fresh = None, True
    ledger.interrupt_at(None, None)
    finish_open(card)


def opened(card: Card, *, full: bool) -> Sync:
    at = clock.now()
    return Sync.objects.create(
        company_id=card.item.company_id,
        item=card.item,
        trigger="timer",
        is_full=full,
        due_at=at,
        requested_at=at,
    )


def run_again(card: Card, sync: Sync) -> None:
    """The lease ran out: another worker takes the same Sync, while the first still believes it has it."""
    Sync.objects.of(card.item.company_id).filter(pk=sync.pk, status="RUNNING").update(
        status="PENDING", lease_until=None
    )
    syncing.run_sync(sync_id=sync.pk, vendor=card.ledger.client())


def finish_open(card: Card) -> None:
    """What a sweeper does with Syncs that a dead worker left."""
    for _ in range(4):
        open_one = Sync.objects.of(card.item.company_id).open().first()
        if open_one is None:
            return
        Sync.objects.of(card.item.company_id).filter(pk=open_one.pk).update(
            status="PENDING", lease_until=None
        )
        syncing.run_sync(sync_id=open_one.pk, vendor=card.ledger.client())


def test_every_history_ends_as_one_quiet_read_with_every_edit_kept_or_asked_about(
    card: Card, seed: int
) -> None:
    history = History(card, Random(seed))
    history.begin()
    card.sync()
    for _ in range(history.rng.randrange(3, 8)):
        history.write_notes()
        for _ in range(history.rng.randrange(1, 4)):
            history.step()
        read_somehow(history)
    card.ledger.page_size = 500
    last = card.sync()
    assert last.adds_up
    assert last.known_before == last.changed + last.unchanged + last.withdrawn

    quiet = connect_card(make_company())
    quiet.sync(*(real.payload for real in history.shown))
    assert what_a_person_sees(card) == what_a_person_sees(quiet)
    assert {"lost", "wrong"}.isdisjoint(history.verdicts()), history.verdicts()
