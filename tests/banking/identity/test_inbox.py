"""What the page of questions is made of."""

from datetime import timedelta
from typing import Any

import pytest
from tests.banking.identity.cards import Card, row
from tests.builders import make_account, make_transaction

from financehub.audit.recording import Actor
from financehub.banking.identity import inbox
from financehub.banking.models import ReviewCase, ReviewRow
from financehub.companies.models import Company
from financehub.core import clock
from financehub.core.errors import Invalid
from financehub.core.ids import new_id


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
    assert (found.waiting, found.questions, found.expired, found.next) == (0, [], [], None)


def waiting_things(company: Company) -> None:
    """Five questions and four expired pendings, some of one moment or day."""
    account = make_account(company=company)
    at = clock.now()
    for number in range(5):
        ReviewCase.objects.create(
            company=company,
            kind="transfer",
            subject=str(number),
            account=account,
            opened_at=at + timedelta(seconds=number // 2),
        )
    for number in range(4):
        day = clock.today() - timedelta(days=30 - number // 2)
        make_transaction(account=account, status="PENDING", date=day)


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 5, 7, 9])
def test_its_pages_show_everything_once_and_in_order(bakery: Company, limit: int) -> None:
    waiting_things(bakery)
    whole = inbox.inbox(bakery, limit=9)
    assert (len(whole.questions), len(whole.expired), whole.next) == (5, 4, None)
    cases, rows, after = [], [], None
    while True:
        page = inbox.inbox(bakery, after=after, limit=limit)
        assert 0 < len(page.questions) + len(page.expired) <= limit
        assert page.waiting == 9
        cases += [one.case.pk for one in page.questions]
        rows += [one.pk for one in page.expired]
        after = page.next
        if after is None:
            break
    assert cases == [one.case.pk for one in whole.questions]
    assert rows == [one.pk for one in whole.expired]


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "duvida_2026-01-01T00:00:00_x",
        "outra_2026-01-01_y",
        "duvida_2026-01-01T00:00:00",
        "duvida_2026-01-01T00:00:00_01a21986-b4da-77ae-87a3-6cb3e0b09808",
        "duvida_0001-01-01T00:00:00+14:00_01a21986-b4da-77ae-87a3-6cb3e0b09808",
    ],
)
def test_a_cursor_that_is_not_ours_is_refused(bakery: Company, cursor: str) -> None:
    with pytest.raises(Invalid):
        inbox.inbox(bakery, after=cursor)


def test_more_questions_cost_no_more_queries(
    card: Card, bakery: Company, django_assert_max_num_queries: Any
) -> None:
    card.sync(row("a1"), row("a2"))
    card.note("a1", "presente")
    card.sync(row("b1"), row("b2"))
    (case,) = card.cases()
    rows = list(ReviewRow.objects.of(bakery).filter(case=case))
    for number in range(10):
        case.pk, case.subject = None, str(number)
        case.id = new_id()
        case.save(force_insert=True)
        for one in rows:
            one.id, one.case = new_id(), case
            one.save(force_insert=True)
    with django_assert_max_num_queries(9):
        questions = inbox.inbox(bakery).questions
    assert [len(question.asked[0].offers) for question in questions] == [2] * 11
