"""Questions, answers and a row's history by API."""

import pytest
from tests.banking.identity.cards import connect_card, row, vendor_id
from tests.builders import make_account, make_transaction

from financehub.banking.identity import pairing
from financehub.banking.models import ReviewCase, Transaction
from financehub.core import clock


@pytest.fixture
def card(bakery, settings):
    settings.SYNC_START_GAP_SECONDS = 0
    return connect_card(bakery)


@pytest.fixture
def question(card, program):
    """Two equal purchases came back under new ids; the first carries a note."""
    card.sync(row("a1"), row("a2"))
    card.note("a1", "presente")
    card.sync(row("b1"), row("b2"))
    return program.get("/api/banking/review/").json()["questions"][0]


class TestTheQueue:
    def test_shows_the_row_its_offers_and_their_reasons(self, question):
        (asked,) = question["asked"]
        assert (question["kind"], asked["transaction"]["note"]) == ("rekeyed", "presente")
        assert {offer["transaction"]["transactionId"] for offer in asked["offers"]} == {
            str(vendor_id("b1")),
            str(vendor_id("b2")),
        }
        assert asked["offers"][0]["reasons"] == ["same_amount", "same_day", "same_text"]

    def test_is_answered_and_taken_back(self, question, program, card):
        address, (asked,) = f"/api/banking/review/{question['id']}", question["asked"]
        choice = {"of": asked["transaction"]["id"], "transaction": asked["offers"][0]["transaction"]["id"]}
        assert program.post(f"{address}/choose/", choice).json()["status"] == "ACCEPTED"
        assert "presente" in card.notes().values()
        assert program.post(f"{address}/reopen/").json()["status"] == "OPEN"
        assert program.post(f"{address}/refuse/").json()["status"] == "REJECTED"

    def test_takes_only_what_it_offers(self, question, program):
        choice = {"of": question["asked"][0]["transaction"]["id"]}
        answer = program.post(
            f"/api/banking/review/{question['id']}/choose/", {**choice, "transaction": choice["of"]}
        )
        assert (answer.status_code, answer.json()["error"]["code"]) == (422, "not_offered")

    def test_merges_two_connections_of_one_account(self, program, card, bakery):
        card.sync(row("a"))
        connect_card(bakery).sync(row("A"))
        (question,) = program.get("/api/banking/review/").json()["questions"]
        assert question["otherAccount"] != question["account"]
        merged = program.post(f"/api/banking/review/{question['id']}/merge/")
        assert merged.json()["status"] == "ACCEPTED"

    def test_takes_a_transfers_other_end(self, program, bakery):
        accounts = [make_account(company=bakery, document_index="ana") for _ in range(2)]
        cents = [(accounts[0], -100), (accounts[1], 100), (accounts[1], 100)]
        out, into, _ = [
            make_transaction(account=account, amount_cents=amount, counterparty_index="ana")
            for account, amount in cents
        ]
        pairing.pair_all(company_id=bakery.pk)
        case = ReviewCase.objects.of(bakery).get()
        choice = {"of": str(out.pk), "transaction": str(into.pk)}
        assert program.post(f"/api/banking/review/{case.pk}/choose/", choice).json()["status"] == "ACCEPTED"


class TestARowsHistory:
    def test_tells_former_ids_and_changes_and_is_parted(self, program, card):
        card.sync(row("a"))
        known = card.note("a", "curso")
        card.sync(row("b", amount=51))
        card.sync(row("b", amount=52))
        address = f"/api/banking/transactions/{known.pk}"
        history = program.get(f"{address}/history/").json()
        assert [it["transactionId"] for it in history["formerIds"]] == [str(vendor_id("a"))]
        assert [it["changes"] for it in history["changes"]] == [{"amount_cents": [-5100, -5200]}]
        assert program.post(f"{address}/part/").json()["transactionId"] == str(vendor_id("a"))
        assert program.post(f"{address}/part/").status_code == 409
        assert Transaction.objects.of(card.item.company_id).count() == 2


class TestDuplicates:
    def test_are_merged_and_parted(self, program, bakery):
        account = make_account(company=bakery)
        rows = [make_transaction(account=account) for _ in range(2)]
        kept = program.post(
            "/api/banking/duplicates/", {"transactions": [str(row.pk) for row in rows]}
        ).json()
        assert kept["id"] == str(rows[0].pk)
        listed = program.get("/api/banking/transactions/").json()["results"]
        assert [row["id"] for row in listed] == [kept["id"]]
        parted = program.call("DELETE", f"/api/banking/duplicates/{rows[1].pk}/").json()
        assert parted["deletedAt"] is None
        again = program.call("DELETE", f"/api/banking/duplicates/{rows[1].pk}/")
        assert (again.status_code, again.json()["error"]["code"]) == (409, "nothing_to_undo")

    def test_that_cannot_be_one_movement_are_refused(self, program, bakery):
        account = make_account(company=bakery)
        rows = [make_transaction(account=account, amount_cents=cents) for cents in (1, -1)]
        answer = program.post("/api/banking/duplicates/", {"transactions": [str(row.pk) for row in rows]})
        assert (answer.status_code, answer.json()["error"]["code"]) == (422, "not_the_same")


def test_pages_of_what_waits(program, bakery):
    account = make_account(company=bakery)
    for _ in range(3):
        make_transaction(account=account, status="PENDING", date=clock.days_before(clock.today(), 30))
    first = program.get("/api/banking/review/", limit=2).json()
    rest = program.get("/api/banking/review/", limit=2, after=first["next"]).json()
    assert (first["waiting"], len(first["expired"]), len(rest["expired"]), rest["next"]) == (3, 2, 1, None)


def test_merged_accounts_are_two_again(program, card, bakery):
    card.sync(row("a"))
    connect_card(bakery).sync(row("A"))
    (question,) = program.get("/api/banking/review/").json()["questions"]
    program.post(f"/api/banking/review/{question['id']}/merge/")
    assert program.post(f"/api/banking/review/{question['id']}/reopen/").json()["status"] == "REJECTED"
    assert len(program.get("/api/banking/accounts/").json()["results"]) == 2
