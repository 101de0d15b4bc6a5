from tests.stripe_sandbox.box import Box


def test_the_program_answers_its_api_its_pages_and_its_control_plane(box: Box) -> None:
    assert box.get("/account")["country"] == "BR"
    assert box.call("GET", "/_static/pages.css").status_code == 200
    assert box.call("GET", "/_control").json()["frozen"] is True


def test_an_unknown_address_and_a_missing_object_are_told_as_the_vendor_tells(box: Box) -> None:
    assert box.call("GET", "/nowhere").json()["error"]["type"] == "invalid_request_error"
    missing = box.call("GET", "/pay/cs_test_nothing")
    assert (missing.status_code, missing.json()["error"]["code"]) == (404, "resource_missing")
