"""What the page of questions is made of."""

from datetime import timedelta

from tests.banking.identity.cards import Card, row
from tests.builders import make_account, make_transaction

from financehub.audit.recording import Actor
from financehub.banking.identity import inbox
from financehub.companies.models import Company
from financehub.core import clock


def test_a_question_shows_its_row_and_the_likeliest_offer_first(card: Card, bakery: Company) -> None:
    card.sync(row("a1"), row("a2"))
    card.note("a1", "presente")
    card.sync(row("b1"), row("b2"))
    found = inbox.inbox(bakery)
    (question,) = found.questions
    (asked,) = question.asked
    assert (asked.row.own_note, len(asked.offers)) == ("presente", 2)
    assert asked.offers[0].score >= asked.offers[1].score
    assert found.waiting == inbox.waiting(bakery) == 1


def test_what_was_recognised_lately_can_be_seen(card: Card, bakery: Company) -> None:
    card.sync(row("a"))
    card.sync(row("b"))
    assert [former.reasons for former in inbox.inbox(bakery).rebound] == [
        ["same_amount", "same_day", "same_text"]
    ]


def test_old_pendings_expire_sooner_at_a_bank_than_on_a_card(bakery: Company, by_ana: Actor) -> None:
    account, card = make_account(company=bakery), make_account(company=bakery, type="CREDIT")
    old = clock.today() - timedelta(days=20)
    expired = make_transaction(account=account, status="PENDING", date=old)
    waiting = make_transaction(account=card, status="PENDING", date=old)
    scheduled = make_transaction(account=account, status="PENDING", date=clock.today() + timedelta(days=3))
    assert list(inbox.expired(bakery)) == [expired]
    assert [it.is_expired_pending for it in (expired, waiting, scheduled)] == [True, False, False]
    inbox.keep_expired(row=expired, by=by_ana)
    assert list(inbox.expired(bakery)) == []


def test_an_empty_inbox_has_nothing_waiting(bakery: Company) -> None:
    found = inbox.inbox(bakery)
    assert (found.waiting, found.questions, found.decided) == (0, [], [])
