"""`sync_account` as an operator types it."""

import json
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from tests.banking.stories import Bank
from tests.builders import make_account


def test_it_prints_the_receipt(synced_bank: Bank) -> None:
    printed = StringIO()
    call_command("sync_account", str(synced_bank.account().pk), stdout=printed)
    receipt = json.loads(printed.getvalue())
    assert receipt["status"] == "SUCCEEDED"
    assert receipt["read"] == receipt["unchanged"] > 300


def test_it_takes_the_vendors_id_too(synced_bank: Bank) -> None:
    printed = StringIO()
    call_command("sync_account", str(synced_bank.account().pluggy_id), stdout=printed)
    assert json.loads(printed.getvalue())["new"] == 0


@pytest.mark.django_db
def test_it_says_what_is_in_the_way() -> None:
    with pytest.raises(CommandError, match="no such account"):
        call_command("sync_account", str(uuid4()))
    manual = make_account(is_manual=True)
    with pytest.raises(CommandError, match="not_connected"):
        call_command("sync_account", str(manual.pk))
