"""The table of switches."""

import msgspec
import pytest

from pluggy_sandbox.switches import Switches


def test_what_the_vendor_enforces_only_on_some_plans_is_off() -> None:
    defaults = Switches()
    assert (defaults.update_frequency_hours, defaults.item_limit) == (None, None)
    assert (defaults.webhook_target_checks, defaults.v1_transactions_gone, defaults.items_list) == (
        False,
    ) * 3


def test_changes_use_camel_case_and_leave_the_rest() -> None:
    changed = Switches(item_limit=3).changed({"updateFrequencyHours": 24})
    assert (changed.update_frequency_hours, changed.item_limit) == (24, 3)


@pytest.mark.parametrize("changes", [{"nonsense": True}, {"webhookLoss": 2}, {"rateLimits": "yes"}])
def test_a_wrong_change_is_refused(changes: dict) -> None:
    with pytest.raises(msgspec.ValidationError):
        Switches().changed(changes)
