"""`syncs` as an operator types it."""

import json
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from tests.banking.stories import Bank, sync
from tests.builders import make_item

from financehub.banking.models import Sync
from financehub.core import clock


def printed(*arguments: str) -> str:
    out = StringIO()
    call_command("syncs", *arguments, stdout=out)
    return out.getvalue()


def test_it_prints_everything_a_receipt_holds(synced_bank: Bank) -> None:
    sync(synced_bank, full=True)
    newest, first = json.loads(printed("--json", "--item", synced_bank.vendor_id))
    assert newest["item"] == synced_bank.vendor_id
    assert (newest["status"], newest["trigger"], newest["full"]) == ("SUCCEEDED", "timer", True)
    assert newest["requests"] > newest["pages"] > 0
    assert newest["seconds"] > 0
    assert newest["rows"]["read"] == newest["rows"]["unchanged"] == first["rows"]["new"] > 300
    assert newest["rows"]["addsUp"]
    assert newest["rows"]["knownAddsUp"]
    assert sum(account["rows"]["read"] for account in newest["accounts"]) == newest["rows"]["read"]
    assert newest["error"] is None


def test_it_prints_a_line_for_each(synced_bank: Bank) -> None:
    assert sync(synced_bank).status == "SUCCEEDED"
    newest, first = printed("--limit", "5").splitlines()
    assert newest.endswith("no news")
    assert "new" in first


@pytest.mark.django_db
def test_it_shows_the_retry_queue() -> None:
    item, at = make_item(), clock.now()
    waiting = {"error_code": "SERVICE_UNAVAILABLE", "error_action": "retry_with_backoff", "status": "PENDING"}
    for fields in ({"status": "SUCCEEDED"}, {"status": "FAILED", "error_code": "ITEM_DELETED"}, waiting):
        Sync.objects.create(
            company=item.company, item=item, trigger="timer", due_at=at, requested_at=at, **fields
        )
    failed = json.loads(printed("--json", "--failed"))
    assert [one["error"]["code"] for one in failed] == ["SERVICE_UNAVAILABLE", "ITEM_DELETED"]
    assert failed[0]["error"]["againAt"] == at.isoformat()
    assert "SERVICE_UNAVAILABLE: retry_with_backoff, again at" in printed("--failed")


@pytest.mark.django_db
def test_it_says_when_there_is_no_such_connection() -> None:
    with pytest.raises(CommandError, match="no such connection"):
        printed("--item", str(uuid4()))
