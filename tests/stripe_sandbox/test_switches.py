import msgspec
import pytest

from stripe_sandbox.switches import Switches


def test_a_change_makes_a_copy() -> None:
    old = Switches()
    new = old.changed({"retry_days": [3, 5], "after_retries": "cancel"})
    assert (new.retry_days, new.after_retries) == ([3, 5], "cancel")
    assert (old.retry_days, old.after_retries) == ([], "leave_past_due")


@pytest.mark.parametrize("wrong", [{"nothing": 1}, {"webhook_loss": 2}, {"webhook_distortion": "ugly"}])
def test_a_wrong_switch_is_refused(wrong: dict) -> None:
    with pytest.raises(msgspec.ValidationError):
        Switches().changed(wrong)
