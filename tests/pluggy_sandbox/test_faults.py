"""Misfortunes on demand."""

import msgspec
import pytest
from tests.pluggy_sandbox.box import Box

from pluggy_sandbox.faults import Fault, Faults, read_fault


def test_a_fault_strikes_its_path_and_method_as_often_as_told() -> None:
    faults = Faults(7)
    faults.add(Fault(kind="error", id="1", method="GET", path="/accounts", times=2, after=1))
    assert faults.strike("POST", "/accounts") is None
    hits = [faults.strike("GET", "/accounts/1") is not None for _ in range(5)]
    assert hits == [False, True, True, False, False]
    assert faults.rules == {}


def test_a_chance_comes_from_the_seed() -> None:
    def luck(seed: int) -> list[bool]:
        faults = Faults(seed)
        faults.add(Fault(kind="drop", id="1", chance=0.5))
        return [faults.strike("GET", "/") is not None for _ in range(20)]

    assert luck(1) == luck(1)
    assert {True, False} == set(luck(1))


@pytest.mark.parametrize(
    "body", [{"kind": "flood"}, {"kind": "slow", "seconds": -1}, {"kind": "drop", "x": 1}, {}]
)
def test_a_wrong_rule_is_refused(body: dict) -> None:
    with pytest.raises(msgspec.ValidationError):
        read_fault(body)


def test_a_rate_limit_carries_the_vendors_headers(box: Box) -> None:
    box.post("/_control/faults", {"kind": "rate_limit", "path": "/connectors", "times": 1})
    refused = box.get("/connectors")
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "60")
    assert box.get("/connectors").status_code == 200


@pytest.mark.parametrize("status", [500, 502])
def test_an_error_has_a_body(box: Box, status: int) -> None:
    box.post("/_control/faults", {"kind": "error", "status": status, "path": "/connectors"})
    broken = box.get("/connectors")
    assert (broken.status_code, broken.json()["code"]) == (status, status)


def test_garbage_is_not_json(box: Box) -> None:
    box.post("/_control/faults", {"kind": "garbage", "path": "/connectors"})
    with pytest.raises(ValueError, match=r"Unterminated|Expecting"):
        box.get("/connectors").json()


def test_slowness_only_delays(box: Box) -> None:
    box.post("/_control/faults", {"kind": "slow", "seconds": 0.05, "path": "/connectors"})
    answer = box.get("/connectors")
    assert answer.status_code == 200


def test_the_control_plane_is_spared(box: Box) -> None:
    box.post("/_control/faults", {"kind": "error"})
    assert box.get("/_control/faults").status_code == 200
    box.delete("/_control/faults")
    assert box.get("/connectors").status_code == 200
