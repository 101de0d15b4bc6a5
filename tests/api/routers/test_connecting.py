"""Connect by API: a token, Connect at the vendor, the id that comes back."""

import pytest

from financehub.banking.models import ConnectAttempt, Item

TOKENS = [
    "/api/banking/pluggy/connect-token/",
    "/api/pluggy/connect-token",
    "/api/open-finance/connect-token",
]
RETURNS = ["/api/banking/pluggy/callback/", "/api/pluggy/callback", "/api/open-finance/save-connection"]


class TestAConnectToken:
    @pytest.mark.parametrize("address", TOKENS)
    def test_has_one_shape_under_all_its_names(self, simulator, program, address):
        answer = program.post(address)

        assert answer.status_code == 200
        assert set(answer.json()) == {"accessToken", "connectUrl", "expiresAt"}
        assert answer.json()["accessToken"] in answer.json()["connectUrl"]

    def test_is_for_one_item_when_the_body_names_one(self, simulator, program, bakery):
        vendor_id = connect(simulator, program, bakery)

        assert program.post(TOKENS[0], {"itemId": vendor_id}).status_code == 200
        assert ConnectAttempt.objects.of(bakery).filter(item__pluggy_id=vendor_id, used_at=None).count() == 1

    def test_is_refused_for_an_item_of_others(self, simulator, program, stranger, bakery):
        vendor_id = connect(simulator, program, bakery)

        assert stranger.post(TOKENS[1], {"itemId": vendor_id}).status_code == 404

    def test_says_when_pluggy_is_off(self, program, settings):
        settings.PLUGGY_CLIENT_ID = settings.PLUGGY_CLIENT_SECRET = ""
        answer = program.post(TOKENS[0])
        assert (answer.status_code, answer.json()["error"]["code"]) == (503, "pluggy_not_configured")


class TestTheCallback:
    @pytest.mark.parametrize("address", RETURNS)
    def test_links_the_item_under_all_its_names(self, simulator, program, bakery, address):
        program.post(TOKENS[0])
        vendor = simulator.connect(bakery)

        answer = program.post(
            address, {"itemId": vendor.id, "institutionId": 7, "institutionName": "Forged Bank"}
        )

        assert answer.status_code == 200
        assert answer.json()["itemId"] == vendor.id
        assert answer.json()["connector"]["name"] == "Pluggy Bank"
        assert Item.objects.of(bakery).count() == 1

    def test_takes_the_widgets_own_answer(self, simulator, program, bakery):
        program.post(TOKENS[0])
        vendor = simulator.connect(bakery)

        answer = program.post(RETURNS[1], {"item": {"id": vendor.id, "status": "UPDATED"}})

        assert answer.json()["itemId"] == vendor.id

    def test_does_not_find_an_item_made_for_another_company(self, simulator, program, stranger, bakery):
        stranger.post(TOKENS[0])
        program.post(TOKENS[0])
        vendor = simulator.connect(bakery)

        answer = stranger.post(RETURNS[0], {"itemId": vendor.id})

        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "item_not_found")
        assert not Item.objects.across_companies().exists()

    def test_parks_what_nobody_was_connecting(self, simulator, program, bakery):
        vendor = simulator.connect(bakery)

        answer = program.post(RETURNS[0], {"itemId": vendor.id})

        assert (answer.status_code, answer.json()["error"]["code"]) == (409, "item_parked")

    @pytest.mark.parametrize("body", [{}, {"itemId": "x"}, {"item": {}}, {"itemId": None}])
    def test_refuses_a_body_without_an_id(self, program, body):
        assert program.post(RETURNS[0], body).status_code == 422


def connect(simulator, program, company):
    """A connected Item; Pluggy's id."""
    program.post(TOKENS[0])
    vendor = simulator.connect(company)
    assert program.post(RETURNS[0], {"itemId": vendor.id}).status_code == 200
    return vendor.id
