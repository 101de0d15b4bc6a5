"""The database itself refuses to change the past."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from financehub.audit.models import AuditLog
from financehub.audit.recording import SYSTEM, Target, record

pytestmark = pytest.mark.django_db


def update() -> None:
    AuditLog.objects.update(action="company.nothing_happened")


def delete() -> None:
    AuditLog.objects.all().delete()


def raw_delete() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_logs")


def truncate() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE audit_logs")


@pytest.mark.parametrize("tamper", [update, delete, raw_delete])
def test_a_row_once_written_can_be_neither_changed_nor_removed(tamper: Callable[[], None]) -> None:
    row = record("company.opened", by=SYSTEM, on=Target("company", "1"), company_id=None)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        tamper()
    assert list(AuditLog.objects.values_list("id", "action")) == [(row.id, "company.opened")]


def test_postgresql_refuses_to_empty_the_table() -> None:
    if connection.vendor != "postgresql":
        return  # SQLite has no TRUNCATE
    record("company.opened", by=SYSTEM, on=Target("company", "1"), company_id=None)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        truncate()
    assert AuditLog.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_rule_holds_again_after_a_flush() -> None:
    record("company.opened", by=SYSTEM, on=Target("company", "1"), company_id=None)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        update()
