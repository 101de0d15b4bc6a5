"""The checker finds what it must, and the committed shapes are those of the installed client."""

import json

import pytest
from tests.contract import stripe_spec
from tests.contract.stripe_requests import endpoints
from tests.contract.stripe_sdk import ROOT_OF_SPEC, findings, skeleton

INVOICE = skeleton("invoice")


def planted(**changes: object) -> list[str]:
    return findings({**INVOICE, **changes})


class TestTheChecker:
    def test_passes_the_emptiest_object(self) -> None:
        assert findings(INVOICE) == []

    @pytest.mark.parametrize(
        ("changes", "finding"),
        [
            ({"payment_intent": "pi_1"}, "invoice.payment_intent: unknown"),
            ({"amount_due": "7900"}, "invoice.amount_due: '7900' instead of int"),
            ({"amount_due": True}, "invoice.amount_due: True instead of int"),
            ({"attempted": None}, "invoice.attempted: None instead of bool"),
            ({"lines": []}, "invoice.lines: not a list object"),
            ({"discounts": {}}, "invoice.discounts: {} instead of a list"),
            ({"metadata": []}, "invoice.metadata: [] instead of a map"),
            ({"issuer": "self"}, "invoice.issuer: 'self' instead of Issuer"),
        ],
    )
    def test_finds_a_planted_error(self, changes: dict, finding: str) -> None:
        assert planted(**changes) == [finding]

    def test_finds_a_status_the_client_does_not_know(self) -> None:
        [finding] = planted(status="lost")
        assert finding.startswith("invoice.status: 'lost' is none of")

    def test_finds_a_missing_field(self) -> None:
        without = {key: value for key, value in INVOICE.items() if key != "currency"}
        assert findings(without) == ["invoice.currency: missing"]

    def test_finds_the_old_place_of_a_period(self) -> None:
        subscription = {**skeleton("subscription"), "current_period_end": 1}
        assert findings(subscription) == ["subscription.current_period_end: unknown"]

    def test_looks_into_events_lists_and_expanded_objects(self) -> None:
        inside = {**INVOICE, "customer": {**skeleton("customer"), "nmae": "x"}}
        event = {**skeleton("event"), "data": {"object": inside}}
        assert findings(event) == ["invoice.customer.nmae: unknown"]
        listed = {"object": "list", "data": [inside], "has_more": False, "url": "/v1/invoices"}
        assert findings(listed) == ["invoice.customer.nmae: unknown"]

    def test_does_not_know_what_the_client_does_not_know(self) -> None:
        assert findings({"object": "moon"}) == ["moon: the client has no such class"]

    def test_lets_deleted_objects_be(self) -> None:
        assert findings({"object": "customer", "id": "cus_1", "deleted": True}) == []


@pytest.mark.parametrize("name", ["shapes.json", "requests.json"])
def test_the_committed_shapes_are_those_of_the_installed_client(name: str) -> None:
    written = json.loads((ROOT_OF_SPEC / name).read_text())
    now = json.loads(stripe_spec.files()[name])
    moved = sorted(key for key in {*written, *now} if written.get(key) != now.get(key))
    assert moved == [], "run python -m tests.contract.stripe_spec and read the difference"


def test_requests_are_read_from_the_clients_own_types() -> None:
    known = {f"{verb} {path}": schema for verb, path, schema in endpoints()}
    assert known["POST /v1/invoices/{}/pay"]["off_session"] == "b"
    assert known["POST /v1/prices"]["currency!"] == "s"
    assert known["POST /v1/subscriptions"]["cancel_at"] == "i|max_billed_until|max_period_end|min_period_end"
    assert known["POST /v1/customers"]["metadata"] == ["", {"": "s"}]
