"""Nothing below /api/ answers in HTML."""

from tests.api.callers import Caller


def test_an_unknown_address_is_not_found_in_the_shape(db):
    for path in ("/api/", "/api/nothing", "/api/banking/items/x/y/z"):
        answer = Caller().get(path)
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")


def test_a_wrong_method_is_refused_in_the_shape(db):
    answer = Caller().call("PATCH", "/api/health")
    assert (answer.status_code, answer.json()["error"]["code"]) == (405, "method_not_allowed")
    assert answer.headers["Allow"] == "GET"
