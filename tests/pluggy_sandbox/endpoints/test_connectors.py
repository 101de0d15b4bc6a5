"""The list of institutions and the validation of forms."""

import pytest
from tests.pluggy_sandbox.box import Box


def names(box: Box, **query) -> list[str]:
    return [row["name"] for row in box.get("/connectors", **query).json()["results"]]


def test_sandbox_connectors_appear_only_on_request(box: Box) -> None:
    page = box.get("/connectors").json()
    assert page["total"] == len(page["results"]) >= 150
    assert not any(row["isSandbox"] for row in page["results"])
    assert {0, 2, 5, 600} <= {row["id"] for row in box.get("/connectors", sandbox="true").json()["results"]}


def test_names_are_searched_inside_and_without_case(box: Box) -> None:
    assert names(box, name="nubank")
    assert all("nubank" in name.lower() for name in names(box, name="NUBANK"))


@pytest.mark.parametrize(
    "query", [{"countries": "BR"}, {"countries": ["AR", "BR"]}, {"types": "PERSONAL_BANK,OTHER"}]
)
def test_lists_come_repeated_or_with_commas(box: Box, query: dict) -> None:
    assert names(box, **query)


def test_filters_exclude(box: Box) -> None:
    assert names(box, countries="AR") == []
    open_finance = box.get("/connectors", isOpenFinance="true").json()["results"]
    assert {row["isOpenFinance"] for row in open_finance} == {True}
    assert box.get("/connectors", isOpenFinance="True").status_code == 400


def test_health_details_come_on_request(box: Box) -> None:
    assert "details" not in box.get("/connectors/2").json()["health"]
    assert box.get("/connectors/2", healthDetails="true").json()["health"]["details"] == {
        "connectionRateLast6Hours": 0.97,
        "connectionsLast6Hours": 120,
    }


@pytest.mark.parametrize("connector_id", ["99999", "x", "-1", "9" * 5000])
def test_an_unknown_connector_is_not_found(box: Box, connector_id: str) -> None:
    refused = box.get(f"/connectors/{connector_id}")
    assert (refused.status_code, refused.json()["codeDescription"]) == (404, "CONNECTOR_NOT_FOUND")


def test_validation_answers_200_even_when_the_form_is_wrong(box: Box) -> None:
    answer = box.post("/connectors/2/validate", {"user": "nobody", "password": "password-ok"})
    assert answer.status_code == 200
    assert answer.json()["parameters"] == {"user": "nobody", "password": "password-ok"}
    assert [row["parameter"] for row in answer.json()["errors"]] == ["user"]


def test_a_logo_is_served_where_the_connector_says(box: Box) -> None:
    address = box.get("/connectors/2").json()["imageUrl"]
    logo = box.get(address.removeprefix(box.world.state.base_url))
    assert logo.headers["content-type"].startswith("image/svg+xml")
