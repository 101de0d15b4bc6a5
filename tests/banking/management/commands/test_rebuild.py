"""`rebuild` as an operator types it."""

import json
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from tests.banking.stories import Bank

from financehub.banking.models import Transaction


def test_it_compares_then_restores(synced_bank: Bank) -> None:
    account = synced_bank.account()
    rows = Transaction.objects.of(synced_bank.company).filter(account=account)
    count = rows.count()
    rows.latest("date").delete()
    with pytest.raises(CommandError, match="1 rows are not as the raw pages say"):
        call_command("rebuild", "--from-raw", str(account.pk), stdout=StringIO())
    out = StringIO()
    call_command("rebuild", "--from-raw", str(account.pluggy_id), "--write", stdout=out)
    told = json.loads(out.getvalue())
    assert (told["written"], told["states"], rows.count()) == (1, {"same": count - 1, "missing": 1}, count)
    call_command("rebuild", "--from-raw", str(account.pk), "--check", stdout=StringIO())


@pytest.mark.django_db
def test_it_says_when_there_is_no_such_account() -> None:
    with pytest.raises(CommandError, match="no such account"):
        call_command("rebuild", "--from-raw", str(uuid4()))
