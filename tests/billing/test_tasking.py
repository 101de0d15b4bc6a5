"""A task is opened once, closed once, by a person or by itself; only what may come back opens again."""

from uuid import uuid4

import pytest

from financehub.audit.models import AuditLog
from financehub.audit.recording import Actor
from financehub.billing import tasking
from financehub.billing.models import StaffTask

pytestmark = pytest.mark.django_db


def test_is_opened_once_and_closed_by_a_person(bakery):
    task = tasking.open_task("review", "prv_1", company_id=bakery.pk, detail="manual")
    assert tasking.open_task("review", "prv_1", company_id=bakery.pk) == task
    person = uuid4()
    closed = tasking.close_task(task, outcome="approved", by=Actor("user", person))
    assert (closed.closed_by, closed.outcome) == (person, "approved")
    with pytest.raises(tasking.TaskClosed):
        tasking.close_task(task, outcome="again", by=Actor("user", person))
    actions = AuditLog.objects.filter(company_id=bakery.pk).order_by("created_at")
    assert [row.action for row in actions] == ["billing.task_opened", "billing.task_closed"]


def test_closes_by_itself_and_stays_closed(bakery):
    tasking.open_task("overdue", "in_1", company_id=bakery.pk)
    tasking.settle("overdue", "in_1")
    assert tasking.open_task("overdue", "in_1", company_id=bakery.pk).closed_at is not None
    assert StaffTask.objects.get().closed_by is None


def test_what_may_come_back_opens_again_with_its_news():
    tasking.reopen_task("catalogue", "catalogue", detail="price is 1")
    tasking.settle("catalogue", "catalogue")
    again = tasking.reopen_task("catalogue", "catalogue", detail="price is 2")
    assert (again.closed_at, again.detail) == (None, "price is 2")
    assert StaffTask.objects.count() == 1
