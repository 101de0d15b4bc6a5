"""An audit row says who, what, on which object, for which company, from where."""

import pytest
import structlog
from django.db import transaction

from financehub.audit.models import AuditLog
from financehub.audit.recording import SYSTEM, Actor, Target, record
from financehub.core.ids import new_id

pytestmark = pytest.mark.django_db


def test_every_part_of_the_deed_is_kept() -> None:
    person, company, item = new_id(), new_id(), new_id()
    structlog.contextvars.bind_contextvars(correlation_id="request-12345678")
    record(
        "open_finance.item_connected",
        by=Actor("user", person, "203.0.113.9"),
        on=Target("item", item, {"connector": 201}),
        company_id=company,
    )
    row = AuditLog.objects.get()
    assert (row.actor_kind, row.actor_id, row.ip_address) == ("user", person, "203.0.113.9")
    assert (row.action, row.company_id) == ("open_finance.item_connected", company)
    assert (row.object_kind, row.object_id, row.facts) == ("item", str(item), {"connector": 201})
    assert row.correlation_id == "request-12345678"


def test_the_system_acts_without_a_person_or_an_address() -> None:
    row = record("open_finance.synced", by=SYSTEM, on=Target("item", "1"), company_id=None)
    assert (row.actor_kind, row.actor_id, row.ip_address, row.correlation_id) == ("system", None, None, "")


def test_a_deed_undone_leaves_no_row() -> None:
    with transaction.atomic():
        record("company.opened", by=SYSTEM, on=Target("company", "1"), company_id=None)
        transaction.set_rollback(True)
    assert not AuditLog.objects.exists()
