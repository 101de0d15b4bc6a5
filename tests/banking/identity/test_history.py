"""What was decided, newest first, in pages that leave nothing out."""

import pytest
from tests.banking.identity.cards import Card, row
from tests.builders import make_account, make_transaction

from financehub.audit.recording import Actor
from financehub.banking.identity import duplicates, history, pairing
from financehub.banking.models import ReviewCase
from financehub.companies.models import Company
from financehub.core import clock
from financehub.core.errors import Invalid


def decide_one_of_each(card: Card, company: Company, by: Actor) -> None:
    """A rule recognises a row and pairs a transfer; a person merges two rows and refuses a question."""
    card.sync(row("a"))
    card.sync(row("b"))
    accounts = [make_account(company=company, document_index="ana") for _ in range(2)]
    for account, cents in zip(accounts, (-100, 100), strict=True):
        make_transaction(account=account, amount_cents=cents, counterparty_index="ana")
    pairing.pair_all(company_id=company.pk)
    twins = [make_transaction(account=accounts[0]) for _ in range(2)]
    duplicates.merge(company=company, row_ids=[twin.pk for twin in twins], by=by)
    ReviewCase.objects.create(
        company=company,
        kind="transfer",
        subject="x",
        status="REJECTED",
        opened_at=clock.now(),
        decided_at=clock.now(),
    )


def test_every_kind_of_decision_is_there_newest_first(card: Card, bakery: Company, by_ana: Actor) -> None:
    decide_one_of_each(card, bakery, by_ana)
    found = history.decided(bakery)
    assert [one.kind for one in found.decisions] == ["case", "rows", "pair", "rebound"]
    assert [one.is_a_persons for one in found.decisions] == [True, True, False, False]
    assert found.next is None


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_pages_show_each_once(card: Card, bakery: Company, by_ana: Actor, limit: int) -> None:
    decide_one_of_each(card, bakery, by_ana)
    kinds, after = [], None
    while True:
        page = history.decided(bakery, after=after, limit=limit)
        kinds += [one.kind for one in page.decisions]
        after = page.next
        if after is None:
            break
    assert kinds == ["case", "rows", "pair", "rebound"]


@pytest.mark.parametrize(
    "cursor", ["x", "2026-01-01_x", "2026-01-01T00:00:00_01a21646-0eca-7072-ba81-465cb35e0ed2"]
)
def test_a_cursor_that_is_not_ours_is_refused(bakery: Company, cursor: str) -> None:
    with pytest.raises(Invalid):
        history.decided(bakery, after=cursor)


def test_an_open_question_is_not_decided(bakery: Company) -> None:
    ReviewCase.objects.create(company=bakery, kind="transfer", subject="x", opened_at=clock.now())
    assert history.decided(bakery) == history.Page([], None)
