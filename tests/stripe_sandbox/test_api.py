import pytest
from tests.stripe_sandbox.box import KEY, Box


def fault(box: Box, **rule) -> None:
    box.control("/faults", **rule)


class TestTheDoor:
    @pytest.mark.parametrize("sent", ["", "Bearer sk_test_other", "Basic c2tfeDo="])
    def test_refuses_a_missing_or_wrong_key(self, box: Box, sent: str) -> None:
        answer = box.call("GET", "/v1/customers", headers={"authorization": sent} if sent else {})
        assert answer.status_code == 401
        assert "sk_test_other" not in answer.text

    def test_takes_the_key_by_basic_auth_too(self, box: Box) -> None:
        assert box.call("GET", "/v1/customers", auth=(KEY, "")).status_code == 200

    def test_speaks_one_version(self, box: Box) -> None:
        old = box.api("GET", "/customers", None, stripe_version="2020-08-27")
        assert old.status_code == 400
        assert box.api("GET", "/customers").headers["stripe-version"] == "2026-10-28.endive"

    def test_knows_no_other_address(self, box: Box) -> None:
        error = box.refused("GET", "/nothing")
        assert (error["status"], error["message"][:29]) == (404, "Unrecognized request URL (GET")

    def test_limits_the_rate_when_told_to(self, box: Box) -> None:
        box.switch(rate_limit_per_second=2)
        statuses = [box.api("GET", "/customers").status_code for _ in range(3)]
        assert statuses == [200, 200, 429]
        box.advance(1)
        assert box.api("GET", "/customers").status_code == 200


class TestMisfortunes:
    @pytest.mark.parametrize(
        ("kind", "status", "code"),
        [("rate_limit", 429, "rate_limit"), ("lock_timeout", 429, "lock_timeout"), ("error", 500, None),
         ("conflict", 409, "idempotency_key_in_use")],
    )  # fmt: skip
    def test_strike_before_anything_is_done(self, box: Box, kind: str, status: int, code: str | None) -> None:
        fault(box, kind=kind, times=1)
        error = box.refused("POST", "/customers", name="Ana")
        assert (error["status"], error.get("code")) == (status, code)
        assert box.types() == []

    def test_say_whether_to_retry(self, box: Box) -> None:
        fault(box, kind="error", status=503, should_retry=False, times=1)
        answer = box.api("POST", "/customers")
        assert (answer.status_code, answer.headers["stripe-should-retry"]) == (503, "false")


def test_requests_are_written_down(box: Box) -> None:
    box.api("POST", "/customers", {"name": "Ana"}, idempotency_key="k")
    [row] = box.call("GET", "/_control/requests", params={"method": "POST"}).json()
    assert (row["path"], row["params"], row["idempotency_key"], row["status"]) == (
        "/v1/customers",
        {"name": "Ana"},
        "k",
        200,
    )
