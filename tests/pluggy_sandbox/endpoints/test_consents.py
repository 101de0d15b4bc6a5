"""GET /consents."""

from tests.pluggy_sandbox.box import Box


def test_a_consent_is_read_alone_and_in_a_list(box: Box) -> None:
    item = box.consented(601)
    listed = box.get("/consents", itemId=item["id"]).json()
    assert (listed["total"], listed["totalPages"]) == (1, 1)
    consent = listed["results"][0]
    assert box.get(f"/consents/{consent['id']}").json() == consent


def test_an_item_id_is_mandatory(box: Box) -> None:
    assert box.get("/consents").json()["message"] == "itemId must be a UUID"


def test_an_unknown_consent_is_not_found(box: Box) -> None:
    assert box.get("/consents/x").json()["codeDescription"] == "CONSENT_NOT_FOUND"
