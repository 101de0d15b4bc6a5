import msgspec
import pytest

from stripe_sandbox.faults import Faults, read_fault


def struck(faults: Faults, count: int, path: str = "/v1/customers") -> list[str | None]:
    found = [faults.strike("POST", path) for _ in range(count)]
    return [one.kind if one else None for one in found]


def test_a_fault_strikes_after_some_requests_and_so_many_times() -> None:
    faults = Faults(7)
    faults.add(read_fault({"kind": "error", "id": "f", "after": 1, "times": 2}))
    assert struck(faults, 5) == [None, "error", "error", None, None]
    assert faults.rules == {}


def test_a_fault_is_for_its_method_and_path() -> None:
    faults = Faults(7)
    faults.add(read_fault({"kind": "slow", "id": "f", "method": "GET"}))
    faults.add(read_fault({"kind": "drop", "id": "g", "path": "/v1/invoices"}))
    assert struck(faults, 1) == [None]
    assert struck(faults, 1, "/v1/invoices/in_1/pay") == ["drop"]


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        read_fault({"kind": "earthquake"})
