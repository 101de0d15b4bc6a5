"""The same account through a second Item: offered, merged with every edit, and never again apart."""

import pytest
from tests.banking.identity.cards import Card, connect_card, row, vendor_id

from financehub.audit.recording import Actor
from financehub.banking import verifying
from financehub.banking.identity import deciding, merging
from financehub.banking.identity.deciding import NotOffered
from financehub.banking.identity.readers import AccountIsRead
from financehub.banking.models import Account, FormerAccountId, ReviewCase, Transaction
from financehub.companies.models import Company
from financehub.core import clock


@pytest.fixture
def second(card: Card, bakery: Company) -> Card:
    """The bank connected once more: other ids for everything, two equal rows among them."""
    card.sync(
        row("a", day=5), row("e1", day=9, order=1), row("e2", day=9, order=2), row("gone", day=20, amount=9)
    )
    card.note("a", "um")
    card.note("e2", "dois")
    card.note("gone", "sumiu")
    again = connect_card(bakery)
    again.sync(
        row("A", day=5), row("E1", day=9, order=5), row("E2", day=9, order=6), row("new", day=2, amount=77)
    )
    return again


def case_of(company: Company) -> ReviewCase:
    return ReviewCase.objects.of(company).get(kind="same_account", status="OPEN")


def test_the_same_number_and_holder_are_offered_as_one(card: Card, second: Card, bakery: Company) -> None:
    case = case_of(bakery)
    assert (case.account_id, case.other_account_id) == (card.account.pk, second.account.pk)
    assert case.reasons == ["same_number", "same_document", "same_institution"]


def test_merging_keeps_rows_edits_and_our_ids(
    card: Card, second: Card, bakery: Company, by_ana: Actor
) -> None:
    known = card.account
    merging.merge(case=case_of(bakery), by=by_ana)
    account = Account.objects.of(bakery).get()
    assert (account.pk, account.item_id) == (known.pk, second.item.pk)
    assert second.notes() == {
        str(vendor_id("A")): "um",
        str(vendor_id("E1")): None,
        str(vendor_id("E2")): "dois",
        str(vendor_id("new")): None,
    }
    assert Transaction.objects.of(bakery).get(own_note="sumiu").withdrawn_at is not None


def test_what_was_merged_stays_merged_at_the_next_syncs_of_both(
    card: Card, second: Card, bakery: Company, by_ana: Actor
) -> None:
    merging.merge(case=case_of(bakery), by=by_ana)
    before = second.notes()
    assert second.sync().new == 0
    assert card.sync().new == 0
    assert Account.objects.of(bakery).count() == 1
    assert FormerAccountId.objects.of(bakery).get().account.item_id == second.item.pk
    assert second.notes() == before


def test_two_that_a_person_calls_different_are_not_asked_about_again(
    card: Card, second: Card, bakery: Company, by_ana: Actor
) -> None:
    deciding.refuse(case=case_of(bakery), by=by_ana)
    merging.offer(second.account)
    assert not ReviewCase.objects.of(bakery).open().exists()
    assert Account.objects.of(bakery).count() == 2


def test_a_closed_question_merges_nothing(card: Card, second: Card, bakery: Company, by_ana: Actor) -> None:
    case = case_of(bakery)
    deciding.refuse(case=case, by=by_ana)
    with pytest.raises(NotOffered):
        merging.merge(case=case, by=by_ana)


def test_another_companys_account_is_never_offered(card: Card, carla: object) -> None:
    card.sync(row("a"))
    other = connect_card(Company.objects.get(name="Oficina da Carla"))
    other.sync(row("a"))
    assert not ReviewCase.objects.across_companies().exists()


def test_it_waits_for_the_nightly_check_that_reads_one_of_the_two(
    card: Card, second: Card, bakery: Company, by_ana: Actor
) -> None:
    case, refused = case_of(bakery), []

    def merge() -> None:
        with pytest.raises(AccountIsRead) as caught:
            merging.merge(case=case, by=by_ana)
        refused.append(caught.value.code)

    Transaction.objects.of(bakery).filter(pk=card.stored("a").pk).delete()
    card.item.refresh_from_db()
    card.ledger.interrupt_at(4, merge)
    verifying.verify_item(item=card.item, vendor=card.ledger.client())
    assert refused == ["account_is_read"]
    assert card.stored("a").withdrawn_at is None
    merging.merge(case=case, by=by_ana)


@pytest.mark.parametrize("side", ["first", "second"])
def test_it_waits_for_a_sync_that_reads_one_of_the_two(
    card: Card, second: Card, bakery: Company, by_ana: Actor, side: str
) -> None:
    read, refused = card if side == "first" else second, []

    def merge() -> None:
        try:
            merging.merge(case=case_of(bakery), by=by_ana)
        except AccountIsRead as error:
            refused.append(error.code)

    before = dict(Transaction.objects.of(bakery).values_list("pluggy_id", "withdrawn_at"))
    read.ledger.collected_at = clock.now()
    read.ledger.interrupt_at(4, merge)
    assert read.sync().status == "SUCCEEDED"
    assert refused == ["account_is_read"]
    assert dict(Transaction.objects.of(bakery).values_list("pluggy_id", "withdrawn_at")) == before
    merging.merge(case=case_of(bakery), by=by_ana)
    assert second.notes()[str(vendor_id("A"))] == "um"
